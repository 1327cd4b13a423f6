# See script/trace. Input, in this order: SAFETY.md, knowledge files, case files.

function hole(text) { holes[++n_holes] = text }

function field(line, name,    value) {
    if (!match(line, "(^|[ {,-])" name ": *[^ ,}#]+")) return ""
    value = substr(line, RSTART, RLENGTH)
    sub(/^.*: */, "", value)
    gsub(/["']/, "", value)
    return value
}

function add(list, item) { return list == "" ? item : list ", " item }

FILENAME == "SAFETY.md" { line[++n_lines] = $0 }
FILENAME == "SAFETY.md" && /^\| *H-[0-9]+ *\|/ {
    n = split($0, cell, "|")
    gsub(/ /, "", cell[2])
    h = cell[2]
    if (h in title) hole("hazard " h " stands twice in SAFETY.md")
    title[h] = cell[3]
    hazard_at[n_lines] = h
    hazards[++n_hazards] = h
    told = cell[n - 1]
    while (match(told, /`[a-z0-9_]+`/)) {
        told_by[h, substr(told, RSTART + 1, RLENGTH - 2)] = 1
        told_list[h] = told_list[h] " " substr(told, RSTART + 1, RLENGTH - 2)
        told = substr(told, RSTART + RLENGTH)
    }
}

# Knowledge: every id; of rules and cautions also hazard, level and status.
FILENAME ~ /^knowledge\// && !/^ *#/ {
    if ((id = field($0, "id")) != "") {
        known[id] = 1
        if ($0 ~ /^ *- /) {
            entry = ""
            if (FILENAME ~ /\/(rules|cautions)\//) {
                entry = id
                guards[++n_guards] = id
                is_rule[id] = FILENAME ~ /\/rules\//
            }
        }
    }
    if (entry != "") {
        if ((value = field($0, "hazard")) != "") hazard_of[entry] = value
        if ((value = field($0, "level")) != "") level_of[entry] = value
        if ((value = field($0, "code")) != "") {
            row_of[entry] = value
            known_row[value] = 1
        }
        if ((value = field($0, "status")) != "") gone[entry] = 1
    }
}

# Cases: "covers: [rule clot_suspected at, row A1, condition x]", or one a line. A row is
# the code of a rule.
FILENAME ~ /\.case$/ && /^ *(- )?case:/ { n_cases++ }
FILENAME ~ /\.case$/ && /^ *covers:/ { in_covers = 1; sub(/^ *covers:/, "") }
FILENAME ~ /\.case$/ && /^ *(- )?[a-z_]+:/ { in_covers = 0 }
FILENAME ~ /\.case$/ && in_covers {
    sub(/#.*/, "")
    gsub(/[]["]/, "")
    sub(/^ *- /, "")
    n = split($0, covers, ",")
    for (i = 1; i <= n; i++) {
        if (split(covers[i], word, " ") < 1) continue
        if (word[1] == "row") covered_row[word[2]]++
        else covered[word[2]]++
        if (word[1] == "row" ? !(word[2] in known_row) : !(word[2] in known))
            hole(FILENAME " covers " word[1] " " word[2] ", which is not known")
    }
}

END {
    for (i = 1; i <= n_guards; i++) {
        g = guards[i]
        if (g in gone) continue
        if (g in row_of && row_of[g] in covered_row) covered[g] += covered_row[row_of[g]]
        top = is_rule[g] && level_of[g] ~ /^(ambulance|emergency|same_day)$/
        h = hazard_of[g]
        if (top && h == "") hole("rule " g " (" level_of[g] ") names no hazard")
        if (top && !(g in covered)) hole("rule " g " (" level_of[g] ") has no case")
        if (h == "") continue
        if (!(h in title)) hole(g " names hazard " h ", which SAFETY.md does not list")
        else if (!((h, g) in told_by))
            hole("SAFETY.md does not name " g " at " h " (script/trace --fill)")
        guard_list[h] = add(guard_list[h], "`" g "`")
        guarding[h, g] = 1
        n_cases_of[h] += covered[g]
        n_guards_of[h]++
    }
    for (i = 1; i <= n_hazards; i++) {
        h = hazards[i]
        if (!n_guards_of[h]) hole("hazard " h " has no rule and no caution")
        else if (!n_cases_of[h]) hole("hazard " h " has no case")
        n = split(told_list[h], names, " ")
        for (k = 1; k <= n; k++)
            if (!((h, names[k]) in guarding))
                hole("SAFETY.md names " names[k] " at " h "; the knowledge does not")
    }
    if (mode == "--fill") {
        for (i = 1; i <= n_lines; i++) {
            if (i in hazard_at) {
                n = split(line[i], cell, "|")
                cell[n - 1] = " " guard_list[hazard_at[i]] " "
                text = cell[1]
                for (k = 2; k <= n; k++) text = text "|" cell[k]
                line[i] = text
            }
            print line[i]
        }
        exit 0
    }
    if (mode != "--holes") {
        for (i = 1; i <= n_hazards; i++) {
            h = hazards[i]
            printf "%s %s\n", h, title[h]
            for (k = 1; k <= n_guards; k++)
                if ((h, guards[k]) in guarding)
                    printf "    %-8s %-44s %-12s %3d cases\n",
                        is_rule[guards[k]] ? "rule" : "caution", guards[k],
                        level_of[guards[k]], covered[guards[k]]
        }
    }
    for (i = 1; i <= n_holes; i++) print "hole: " holes[i]
    printf "trace: %d hazards, %d rules and cautions, %d cases, %d holes\n",
        n_hazards, n_guards, n_cases, n_holes
    exit n_holes > 0
}
