// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/paths.h"

#include "app/base/file.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <sys/stat.h>

#include <cerrno>

namespace vitrine {

using namespace Qt::StringLiterals;

QString Paths::backend() const
{
    return data + u"/backend"_s;
}

QString Paths::accounts() const
{
    return data + u"/accounts.json"_s;
}

QString Paths::accountData(const QString& account) const
{
    return data + u"/accounts/"_s + account;
}

QString Paths::accountCache(const QString& account) const
{
    return cache + u"/accounts/"_s + account;
}

Paths Paths::fromEnvironment()
{
    using S = QStandardPaths;
    return {S::writableLocation(S::GenericDataLocation) + u"/vitrine"_s,
            S::writableLocation(S::GenericCacheLocation) + u"/vitrine"_s};
}

Result<void> makePrivateDirectory(const QString& path)
{
    const QString clean = QDir::cleanPath(path);
    if (QDir(clean).exists())
        return {};
    const QString parent = QDir::cleanPath(clean + u"/.."_s);
    if (parent != clean && !QDir(parent).exists()) {
        if (auto made = makePrivateDirectory(parent); !made)
            return made;
    }
    if (::mkdir(QFile::encodeName(clean).constData(), 0700) == 0 || errno == EEXIST)
        return {};
    return failure(ownFileError(errno, clean));
}

} // namespace vitrine
