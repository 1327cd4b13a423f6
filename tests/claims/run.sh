#!/bin/sh
# Puts the questions of questions.yaml to `charley claims` and counts how often one of the
# claims named there is the first, or among the first three, that it finds. A question
# without claims has no answer here: nothing must be found.
#   tests/claims/run.sh PROGRAM [-v]     -v also prints where another claim came first
# Fails when fewer than 95 of 100 questions find their claim among the first three, or
# fewer than 75 of 100 of those written after the tuning.
set -eu
charley=$(realpath "$1")
verbose=${2:-}
cd "$(dirname "$0")"
is_failed=0

put() { # list, least percentage, least number
    asked=0
    first=0
    three=0
    while IFS='|' read -r question wanted; do
        found=$("$charley" claims --json "$question" |
            sed -n 's/^      "id": "\(S[0-9]-[0-9]*\)",*$/\1/p' | head -3 | tr '\n' ' ') ||
            true
        asked=$((asked + 1))
        place=0
        n=0
        for id in ${found:-nothing}; do
            n=$((n + 1))
            case " ${wanted:-nothing} " in
            *" $id "*) [ "$place" -gt 0 ] || place=$n ;;
            esac
        done
        [ "$place" -ne 1 ] || first=$((first + 1))
        if [ "$place" -gt 0 ]; then
            three=$((three + 1))
        else
            echo "missed: $question: wanted ${wanted:-nothing}, found ${found:-nothing}"
        fi
        if [ -n "$verbose" ] && [ "$place" -gt 1 ]; then
            echo "place $place: $question: wanted $wanted, found $found"
        fi
    done <<QUESTIONS
$(sed -n "/^$1:/,/^[a-z]*:\$/s/^  \"\(.*\)\": \[\(.*\)\]\$/\1|\2/p" questions.yaml |
    sed 's/, / /g')
QUESTIONS
    echo "claims, $1: $asked asked, $first answered first, $three among the first three"
    [ "$asked" -ge "$3" ] && [ $((100 * three)) -ge $(($2 * asked)) ] || is_failed=1
}

put questions 95 60
put later 75 30
exit "$is_failed"
