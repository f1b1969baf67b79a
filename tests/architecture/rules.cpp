// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/rules.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace vitrine::test {

namespace {

QStringList cellsOf(const QString& line)
{
    if (!line.startsWith('|'_L1))
        return {};
    QStringList cells = line.split('|'_L1);
    cells.removeFirst();
    if (!cells.isEmpty())
        cells.removeLast();
    for (QString& cell : cells)
        cell = cell.trimmed();
    return cells;
}

/// What stands in `backticks`.
QStringList codeIn(const QString& cell)
{
    static const QRegularExpression code(u"`([^`]+)`"_s);
    QStringList found;
    for (const QRegularExpressionMatch& match : code.globalMatch(cell))
        found.append(match.captured(1));
    return found;
}

QSet<QString> namesIn(const QString& cell)
{
    static const QRegularExpression name(u"[a-z]+"_s);
    QSet<QString> found;
    for (const QRegularExpressionMatch& match : name.globalMatch(cell))
        found.insert(match.captured());
    return found;
}

/// Reads one row of either table: a module has its folder in the first cell, a library has code in
/// its second and third.
void readRow(const QStringList& cells, Rules& rules)
{
    if (cells.size() != 3)
        return;
    const QStringList folder = codeIn(cells.at(0));
    if (folder.size() == 1)
        rules.mayUse.insert(moduleOf(folder.first() + u"/"_s), namesIn(cells.at(2)));
    else if (!codeIn(cells.at(1)).isEmpty())
        rules.libraries.append({cells.at(0), codeIn(cells.at(1)), codeIn(cells.at(2))});
}

bool isBelowOneOf(const QString& path, const QStringList& folders)
{
    return std::ranges::any_of(
        folders, [&](const QString& folder) { return path.startsWith(folder + u'/'); });
}

/// Why a file at \a path may not see \a header, wherever that is; empty if it may.
QString faultOfLibrary(const QString& path, const QString& header, const Rules& rules)
{
    for (const Library& library : rules.libraries) {
        const bool isItsHeader = std::ranges::any_of(
            library.prefixes, [&](const QString& prefix) { return header.startsWith(prefix); });
        if (isItsHeader && !isBelowOneOf(path, library.folders))
            return u"%1 is %2, which is seen only in %3"_s.arg(header, library.name,
                                                               library.folders.join(u", "_s));
    }
    return {};
}

/// Why the module of \a path may not use that of "\a header"; empty if it may.
QString faultOfModule(const QString& path, const QString& header, const Rules& rules)
{
    if (header.endsWith(".moc"_L1))
        return {};
    const QString from = moduleOf(path);
    const QString to = moduleOf(header);
    if (to.isEmpty())
        return u"\"%1\" does not name its place from the project's root"_s.arg(header);
    if (from == to || rules.mayUse.value(from).contains(to))
        return {};
    return u"%1 may not use %2 (\"%3\")"_s.arg(from, to, header);
}

} // namespace

Rules readRules(const QString& markdown)
{
    Rules rules;
    for (const QString& line : markdown.split(u'\n'))
        readRow(cellsOf(line), rules);
    return rules;
}

QString moduleOf(const QString& path)
{
    if (path.startsWith("ui/"_L1))
        return u"ui"_s;
    if (path.startsWith("app/"_L1) && path.count(u'/') > 1)
        return path.section(u'/', 1, 1);
    return {};
}

QStringList forbiddenIncludes(const QString& path, const QString& text, const Rules& rules)
{
    static const QRegularExpression include(uR"(^\s*#\s*include\s*([<"])([^>"]+)[>"])"_s);
    QStringList faults;
    int number = 0;
    for (const QString& line : text.split(u'\n')) {
        ++number;
        const QRegularExpressionMatch match = include.match(line);
        if (!match.hasMatch())
            continue;
        QString fault = faultOfLibrary(path, match.captured(2), rules);
        if (fault.isEmpty() && match.captured(1) == "\""_L1)
            fault = faultOfModule(path, match.captured(2), rules);
        if (!fault.isEmpty())
            faults.append(u"%1:%2: %3"_s.arg(path).arg(number).arg(fault));
    }
    return faults;
}

QStringList forbiddenLinks(const QString& path, const QString& text, const Rules& rules)
{
    static const QRegularExpression module(uR"(vitrine_module\(\s*(\w+)\s+USES\s+([a-z\s]+))"_s);
    QStringList faults;
    for (const QRegularExpressionMatch& match : module.globalMatch(text)) {
        const qsizetype line = text.left(match.capturedStart()).count(u'\n') + 1;
        const QSet<QString> used = namesIn(match.captured(2));
        for (const QString& name : used - rules.mayUse.value(match.captured(1)))
            faults.append(
                u"%1:%2: %3 may not use %4"_s.arg(path).arg(line).arg(match.captured(1), name));
    }
    return faults;
}

QStringList continuationsWithContext(const QString& path, const QString& text)
{
    // What stands first in a then(), and is neither a lambda nor all, is an object or a pool.
    static const QRegularExpression then(uR"(\.then\(\s*(?!\[|\w+\)|\s))"_s);
    QStringList faults;
    for (const QRegularExpressionMatch& match : then.globalMatch(text)) {
        const qsizetype line = text.left(match.capturedStart()).count(u'\n') + 1;
        faults.append(u"%1:%2: .then() with a context; use whenDone()"_s.arg(path).arg(line));
    }
    return faults;
}

} // namespace vitrine::test
