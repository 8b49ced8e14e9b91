# What the scripts beside this file share. Sourced, with `set -euo pipefail` in force.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# The oldest JDK that builds and runs the project.
minimum_jdk=21

# A small young generation keeps a mostly idle server's memory small; compact headers are for JDKs that have them.
jvm_options=(-Xmn32m -XX:+IgnoreUnrecognizedVMOptions -XX:+UseCompactObjectHeaders)

die() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

# The feature release of the JDK in a folder ("21" or "25"); nothing for a folder without one.
jdk_release() {
  [[ -x $1/bin/javac && -r $1/release ]] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

is_new_enough() {
  local release
  release=$(jdk_release "$1")
  [[ -n $release && $release -ge $minimum_jdk ]]
}

# The newest JDK under /usr/lib/jvm.
newest_installed_jdk() {
  local home release best='' best_release=0
  for home in /usr/lib/jvm/*; do
    release=$(jdk_release "$home")
    if [[ -n $release && $release -gt $best_release ]]; then
      best=$home best_release=$release
    fi
  done
  echo "$best"
}

# Sets and exports JAVA_HOME: the one that is set if it will do, the one of the `java` on the PATH,
# or the newest installed.
find_jdk() {
  local home candidates=("${JAVA_HOME:-}")
  if command -v java >/dev/null; then
    candidates+=("$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")")
  fi
  candidates+=("$(newest_installed_jdk)")
  for home in "${candidates[@]}"; do
    if [[ -n $home ]] && is_new_enough "$home"; then
      export JAVA_HOME=$home
      return
    fi
  done
  die "no JDK $minimum_jdk or newer: not in JAVA_HOME, on the PATH or under /usr/lib/jvm"
}

# Sets mvn: the Maven on the PATH, or the newest under /opt or /usr/share.
find_maven() {
  local candidate
  for candidate in "$(command -v mvn || true)" /opt/*maven*/bin/mvn /usr/share/maven/bin/mvn; do
    if [[ -x $candidate ]]; then
      mvn=$candidate
      return
    fi
  done
  die "no Maven: not on the PATH, under /opt or in /usr/share/maven"
}

# Whether a module and what it needs are compiled as their sources stand. The class path file is
# written last, so that it is older than anything that changed since.
is_built() {
  local class_path=$root/$1/target/run-class-path.txt
  [[ -r $class_path ]] || return 1
  local modules=(negotiation transports hub-server backplane-redis "$1")
  [[ -z $(find "$root"/pom.xml "${modules[@]/#/$root/}" \
    \( -name target -o -name test -o -name node_modules \) -prune \
    -o -newer "$class_path" -print -quit) ]] || return 1
  local entries entry
  IFS=: read -ra entries <"$class_path"
  for entry in "${entries[@]}"; do
    [[ -e $entry ]] || return 1
  done
}

# Packs a module and what it needs, and writes down the class path to run it with: jars only, since the
# JVM archives no classes that lie in folders.
build() {
  local module=$1 written=$root/$1/target/class-path.txt
  find_maven
  echo "building $module ..." >&2
  (cd "$root" && "$mvn" -q -B -ntp -Dstyle.color=never -pl "$module" -am package dependency:build-classpath \
    -Dmaven.test.skip=true -Dspotless.check.skip=true \
    -DincludeScope=runtime -Dmdep.outputFile=target/class-path.txt) >&2 ||
    die "the build of $module failed"
  local jars=("$root/$module"/target/hubwire-*-SNAPSHOT.jar)
  rm -f "$root/$module/target/classes.jsa"
  echo "${jars[0]}:$(cat "$written")" >"$root/$module/target/run-class-path.txt"
}

# Runs a main class of a module in place of this script, building first what has changed.
run_main() {
  local module=$1 main=$2
  shift 2
  find_jdk
  if ! is_built "$module"; then
    mkdir -p "$root/$module/target"
    # Several may be started at once, and only one may build.
    exec 9>"$root/$module/target/build.lock"
    flock 9
    is_built "$module" || build "$module"
    exec 9>&-
  fi
  # Written when the first run ends; later ones start in half the time.
  local archive=$root/$module/target/classes.jsa
  exec "$JAVA_HOME/bin/java" "${jvm_options[@]}" \
    -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile="$archive" -Xlog:cds=off -Xlog:cds+dynamic=off -cp "$(cat "$root/$module/target/run-class-path.txt")" "$main" "$@"
}
