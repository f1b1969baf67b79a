// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/uploadfiles.h"

#include "app/transfer/pasted.h"
#include "app/transfer/pathlist.h"

#include <QFile>

#include <cstdio>

namespace vitrine::cli {
namespace {

using namespace Qt::StringLiterals;

Result<QString> keepStandardInput(const QString& directory, qint64 limit)
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return failure(ErrorKind::NotFound, u"standard input"_s);
    return transfer::keepPasted(input.read(limit + 1), directory, u"standard-input"_s);
}

} // namespace

Result<QStringList> filesOf(const QStringList& paths, const QString& directory, qint64 limit)
{
    QStringList files;
    for (const QString& path : paths) {
        if (path != "-"_L1) {
            files += transfer::picturesIn({path});
            continue;
        }
        const auto kept = keepStandardInput(directory, limit);
        if (!kept)
            return failure(kept.error());
        files.append(*kept);
    }
    return files;
}

} // namespace vitrine::cli
