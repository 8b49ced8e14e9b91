// A value of every Java type in docs/types.md, there and back, as a .NET program holds it.
//   types URL NAMES        NAMES are those of the table's rows, as JSON
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.SignalR.Client;

public enum Color { Red, DarkRed }

[JsonConverter(typeof(JsonStringEnumConverter<Shade>))]
public enum Shade { DarkRed }

public sealed record Person(string FirstName, int? Age);

public sealed class Home { public string? HomeTown { get; set; } }

[JsonDerivedType(typeof(Circle), "Circle")]
[JsonDerivedType(typeof(Square), "Square")]
public abstract record Shape;
public sealed record Circle(int Radius) : Shape;
public sealed record Square(int Side) : Shape;

[JsonDerivedType(typeof(Car), "car")]
[JsonDerivedType(typeof(Van), "van")]
public abstract class Vehicle { public int Wheels { get; set; } }
public sealed class Car : Vehicle;
public sealed class Van : Vehicle;

public static class Program
{
    static readonly List<(string Name, Func<HubConnection, Task> Play)> rows = [];

    public static async Task<int> Main(string[] args)
    {
        Fill();
        await using var connection = new HubConnectionBuilder().WithUrl(args[0]).Build();
        await connection.StartAsync();
        var failed = Try("plays the rows of the table", () => Same(
            JsonSerializer.Deserialize<string[]>(args[1])!.Order().ToList(),
            rows.Select(row => row.Name).Distinct().Order().ToList()));
        foreach (var (name, play) in rows)
        {
            failed += Try(name, () => play(connection).WaitAsync(TimeSpan.FromSeconds(20)).Wait());
        }
        return failed == 0 ? 0 : 1;
    }

    static void Fill()
    {
        Row("boolean", true);
        Row("int", 42);
        Row("long", 9007199254740991);
        Row("long", long.MinValue);
        Row("float", 0.5f);
        Row("double", 0.25);
        Row("char", 'c');
        Row("String", "h\u00e9");
        Row("BigDecimal", 1.10m);
        Row("BigInteger", 4294967296UL);
        Row("byte[]", new byte[] { 1, 2, 3 });
        Row("UUID", Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"));
        Row("URI", new Uri("https://example.org/?a=b"));
        Row("enum", Color.DarkRed);
        Row("enum, by name", Shade.DarkRed);
        Row("Instant", new DateTime(2024, 2, 29, 12, 30, 45, 123, DateTimeKind.Utc));
        Row("OffsetDateTime", new DateTimeOffset(2016, 5, 10, 13, 51, 20, new TimeSpan(12, 34, 0)));
        Row("LocalDateTime", new DateTime(2024, 2, 29, 12, 30, 45, DateTimeKind.Unspecified));
        Row("LocalDate", new DateOnly(2024, 2, 29));
        Row("LocalTime", new TimeOnly(12, 30, 45, 500));
        Row("Duration", TimeSpan.FromSeconds(1.5));
        Row("Optional<T>", (int?)7);
        Row("Optional<T>", (int?)null);
        Row("List<T>", new List<string> { "a", "b" });
        Row("Map<K, V>", new Dictionary<string, int> { ["a"] = 1 });
        Row("record", new Person("Ann", null));
        Row("bean", new Home { HomeTown = "Bath" });
        Row("Map<K, List<T>>", new Dictionary<string, List<Person>> { ["k"] = [new("Ann", 7)] });
        Row<Shape>("sealed interface", new Circle(2));
        Row<Vehicle>("@JsonSubTypes class", new Van { Wheels = 4 });
        Row("Object", JsonSerializer.SerializeToElement(new { a = new object?[] { 1, "x", true, null } }));
    }

    static void Row<T>(string name, T value) =>
        rows.Add((name, async connection => Same(value, await connection.InvokeAsync<T>(name, value))));

    /// <summary>Both are the same text as values of the declared type, which tells their class where it is open.</summary>
    static void Same<T>(T expected, T actual)
    {
        var (should, was) = (JsonSerializer.Serialize(expected), JsonSerializer.Serialize(actual));
        if (should != was)
        {
            throw new Exception($"{was} (expected: {should})");
        }
    }

    /// <summary>Prints how it went; returns how many failed.</summary>
    static int Try(string name, Action play)
    {
        try
        {
            play();
            Console.WriteLine($"ok   {name} (0 ms)");
            return 0;
        }
        catch (Exception e)
        {
            Console.WriteLine($"FAIL {name} (0 ms): {e.GetBaseException().Message.ReplaceLineEndings(" ")}");
            return 1;
        }
    }
}
