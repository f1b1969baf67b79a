// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <SQLiteCpp/SQLiteCpp.h>

/// Qt's types in SQLiteCpp's statements.
namespace vitrine::backend::sql {

inline void bind(SQLite::Statement& statement, int index, const QByteArray& bytes)
{
    statement.bind(index, bytes.constData(), int(bytes.size()));
}

inline void bind(SQLite::Statement& statement, int index, const QString& string)
{
    statement.bind(index, string.toStdString());
}

// qint64 is "long long", which SQLiteCpp finds ambiguous where int64_t is "long".
inline void bind(SQLite::Statement& statement, int index, qint64 number)
{
    statement.bind(index, int64_t(number));
}

inline QByteArray blob(const SQLite::Column& column)
{
    return {static_cast<const char*>(column.getBlob()), column.getBytes()};
}

inline QString text(const SQLite::Column& column)
{
    return QString::fromStdString(column.getString());
}

} // namespace vitrine::backend::sql
