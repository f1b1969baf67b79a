// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QProcess>
#include <QStringList>

#include <memory>

namespace vitrine::test {

/// What a run of the real vitrinectl left.
struct Ended {
    int exitCode = -1;        ///< -1 after a crash
    QList<QJsonObject> lines; ///< of standard output, where they are JSON
    QByteArray out;
    QByteArray err;
};

/// Starts it with \a home as its HOME, its XDG directories below, no display and no session bus.
std::unique_ptr<QProcess> startVitrinectl(const QString& home, const QStringList& arguments,
                                          const QByteArray& input);

/// The same, to its end.
Ended runVitrinectl(const QString& home, const QStringList& arguments, const QByteArray& input);

} // namespace vitrine::test
