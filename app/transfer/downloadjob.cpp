// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/downloadjob.h"

#include <algorithm>

namespace vitrine::transfer {

using namespace Qt::StringLiterals;

bool hasBegun(const DownloadJob& job)
{
    const bool hasItems = std::any_of(job.items.begin(), job.items.end(), [](const ZipItem& item) {
        return item.isWhole || !item.source.etag.isEmpty();
    });
    return hasItems || !job.source.etag.isEmpty();
}

QString targetOf(const DownloadJob& job)
{
    const QString place = job.directory + u'\n' + QString::number(int(job.copy)) + u'\n';
    if (!job.isZip)
        return place + job.image.id;
    // Of these there are parts that have been written into already.
    QString all = place + u"zip %1 %2"_s.arg(QString::number(int(job.alt)), job.image.name);
    for (const ZipItem& item : job.items)
        all += u'\n' + item.image.id + u'\n' + item.image.alt;
    return all;
}

} // namespace vitrine::transfer
