// The page of the chat: the official client, and what it tells put into the document.

const RECONNECT_AFTER = [0, 500, 1_000, 2_000, 5_000, 5_000, 10_000, 10_000, 30_000];

const find = (id) => document.getElementById(id);
const [banner, chat, compose, log, newRoom, people, roomTitle, rooms, state, welcome] =
  ['banner', 'chat', 'compose', 'log', 'new-room', 'people', 'room', 'rooms', 'state', 'welcome']
    .map(find);

const me = { name: '', room: 'lobby' };
let knownRooms = [];
/** The room that is being entered, and what was said there meanwhile. */
let entering;

const connection = new signalR.HubConnectionBuilder()
  .withUrl('/chat')
  .withAutomaticReconnect(RECONNECT_AFTER)
  .configureLogging(signalR.LogLevel.Warning)
  .build();

connection.on('receive', receive);
connection.on('people', showPeople);
connection.on('rooms', showRooms);
connection.onreconnecting(() => showState('reconnecting', 'Connection lost. Coming back …'));
connection.onreconnected(() => enter(me.room));
connection.onclose(() => showState('disconnected', 'Connection lost.'));

welcome.querySelector('form').addEventListener('submit', (event) => {
  me.name = valueOf(event.target, 'name');
  chat.inert = false;
  connect();
});
welcome.addEventListener('cancel', (event) => event.preventDefault());

compose.addEventListener('submit', async (event) => {
  event.preventDefault();
  const text = valueOf(compose, 'text');
  if (text && (await attempt(() => connection.invoke('Send', text)))) {
    compose.reset();
  }
});

newRoom.addEventListener('submit', (event) => {
  event.preventDefault();
  enter(valueOf(newRoom, 'room').toLowerCase());
  newRoom.reset();
});

welcome.showModal();

async function connect() {
  showState('connecting');
  if (await attempt(() => connection.start())) {
    await enter(me.room);
  } else {
    showState('disconnected', 'The server cannot be reached.');
  }
}

async function enter(room) {
  if (!room) {
    return;
  }
  entering = { room, lines: [] };
  const joined = await attempt(async () => {
    const past = await connection.invoke('Join', me.name, room);
    const last = past.at(-1)?.number ?? 0;
    me.room = room;
    log.replaceChildren();
    [...past, ...entering.lines.filter(({ number }) => number > last)].forEach(show);
    roomTitle.textContent = room;
    showRooms(knownRooms);
  });
  entering = undefined;
  if (joined) {
    showState('connected');
    compose.elements.text.focus();
  }
}

function receive(room, line) {
  if (room === entering?.room) {
    entering.lines.push(line);
  } else if (room === me.room) {
    show(line);
  }
}

/** Runs it; whether it worked. What went wrong is shown in the log. */
async function attempt(action) {
  try {
    await action();
    return true;
  } catch (error) {
    show({ user: null, text: error.message.replace(/^.*HubException: /, ''), at: new Date() });
    return false;
  }
}

function valueOf(form, name) {
  return form.elements[name].value.trim();
}

function showState(name, message) {
  state.dataset.state = name;
  state.textContent = name;
  banner.dataset.state = name;
  banner.hidden = !message;
  banner.replaceChildren(message ?? '');
  if (name === 'disconnected') {
    banner.append(element('button', { textContent: 'Try again', onclick: connect }));
  }
}

function show({ user, text, at }) {
  const follows = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  log.append(user === null ? element('li', { className: 'notice', textContent: text })
    : saying(user, text, new Date(at)));
  if (follows) {
    log.scrollTop = log.scrollHeight;
  }
}

function saying(user, text, at) {
  const more = log.lastElementChild?.dataset.user === user;
  const time = element('time', {
    dateTime: at.toISOString(),
    textContent: at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }),
  });
  const line = element('li', { className: more ? 'said more' : 'said' },
    face(user),
    element('span', { className: 'who' }, user, time),
    element('span', { className: 'text', textContent: text }));
  line.dataset.user = user;
  return line;
}

function showPeople(names) {
  people.replaceChildren(...names.map((name) => element('li', {}, face(name), name,
    ...(name === me.name ? [element('span', { className: 'you', textContent: 'you' })] : []))));
}

function showRooms(list) {
  knownRooms = list;
  rooms.replaceChildren(...list.map((room) => {
    const button = element('button', { onclick: () => enter(room.name) },
      element('span', { className: 'name', textContent: room.name }),
      element('span', { className: 'count', textContent: room.people }));
    button.setAttribute('aria-current', room.name === me.room);
    return element('li', {}, button);
  }));
}

function face(name) {
  const initials = element('span', { className: 'face', textContent: [...name][0].toUpperCase() });
  initials.ariaHidden = 'true';
  const hue = [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 360, 7);
  initials.style.setProperty('--hue', hue);
  return initials;
}

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}
