// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QSet>
#include <QString>
#include <QStringList>

namespace vitrine::test {

/// A library, or a part of the house, whose headers are seen only in some folders of the project.
struct Library {
    QString name;
    QStringList prefixes; ///< of what is included: "boost/", "jpeglib.h", "app/imaging/pipeline/"
    QStringList folders;  ///< "app/backend/http"
};

/// What the tables of app/README.md say. The desktop is one module, "ui".
struct Rules {
    QHash<QString, QSet<QString>> mayUse; ///< "gallery" → "base", "protocol", …
    QList<Library> libraries;
};

Rules readRules(const QString& markdown);

/// The module that \a path, as seen from the project's root, belongs to; empty if to none.
QString moduleOf(const QString& path);

/// Each include of the source \a text that the rules do not allow at \a path: "path:line: reason".
QStringList forbiddenIncludes(const QString& path, const QString& text, const Rules& rules);

/// Each module that a CMakeLists.txt links after USES without the table allowing it.
QStringList forbiddenLinks(const QString& path, const QString& text, const Rules& rules);

/// Each QFuture::then() that is given a context: whenDone() is there for that, and survives a
/// context that goes first.
QStringList continuationsWithContext(const QString& path, const QString& text);

} // namespace vitrine::test
