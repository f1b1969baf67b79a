// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/cli/vitrinectl.h"
#include "tests/support/pictures.h"

#include <QObject>
#include <QTemporaryDir>

namespace vitrine::test {

/// The real vitrinectl in a HOME of its own, which is another one for each test, without a keyring.
class CtlFixture : public QObject
{
    Q_OBJECT

protected Q_SLOTS:
    void init() { m_home = std::make_unique<QTemporaryDir>(); }

protected:
    std::unique_ptr<QProcess> start(const QStringList& arguments) const
    {
        return startVitrinectl(m_home->path(), arguments, {});
    }
    Ended run(const QStringList& arguments, const QByteArray& input = {}) const
    {
        return runVitrinectl(m_home->path(), arguments, input);
    }
    QString file(const QString& name, const QByteArray& bytes) const
    {
        return writeTo(m_home->path(), name, bytes);
    }
    /// Shares a picture; gives its id.
    QString uploaded(int seed) const;

    std::unique_ptr<QTemporaryDir> m_home;
};

} // namespace vitrine::test
