# What every test script may call. The working folder is empty and its own.
# shellcheck shell=sh

# Runs the program on the small bookshelf and prints the command line, the output,
# the errors (with "! " before each line) and the exit code.
charley() {
    printf '$ charley %s\n' "$*"
    "$CHARLEY" "$@" >stdout 2>stderr
    code=$?
    cat stdout
    sed 's/^/! /' stderr
    echo "[exit $code]"
    rm -f stdout stderr
}

# The same with --knowledge.
charley_on() {
    command=$1
    shift
    charley "$command" --knowledge "$CHARLEY_IMAGE" "$@"
}

# An interview in a pipe: the arguments are the lines typed.
ask() {
    printf '%s\n' "$@" >typed
    # shellcheck disable=SC2086  # several options
    charley_on ask $ask_options <typed
}

# An interview on a terminal of $1 columns; the other arguments are the lines typed.
ask_on_terminal() {
    columns=$1
    shift
    # shellcheck disable=SC2086  # several options
    printf '%s\n' "$@" | "$PTY" "$columns" "$CHARLEY" ask --knowledge "$CHARLEY_IMAGE" \
        $ask_options
    echo "[exit $?]"
}

# Writes a case document: answers as JSON members.
case_of() {
    printf '{"charley_case": 1, "answers": {%s}}\n' "$1"
}

ask_options=
