// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/pictures.h"

#include <QFile>

namespace vitrine::test {

/// A shell script that stands in for a program; its path.
inline QString standIn(const QString& directory, const QString& name, const QByteArray& script)
{
    const QString path = writeTo(directory, name, "#!/bin/sh\n" + script);
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return path;
}

} // namespace vitrine::test
