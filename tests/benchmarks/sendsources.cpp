// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/sendsources.h"

#include "tests/benchmarks/photos.h"
#include "tests/benchmarks/population.h"
#include "tests/support/contentof.h"
#include "tests/support/pictures.h"

#include <QCryptographicHash>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace vitrine::bench {
namespace {

constexpr QSize kSmall(1600, 1200);
// Where a JFIF file has its horizontal density: behind SOI, APP0's marker and length, "JFIF\0",
// version and unit.
constexpr qsizetype kDensityAt = 14;

Source written(const QString& directory, int number, const QByteArray& bytes)
{
    return {test::writeTo(directory, u"photo-%1.jpg"_s.arg(number), bytes),
            QCryptographicHash::hash(bytes, QCryptographicHash::Sha256), bytes.size()};
}

} // namespace

Sources smallPhotos(const QString& directory, int count)
{
    const QImage photo = originalPhoto();
    Sources sources;
    for (int i = 0; i < count; ++i) {
        const QPoint corner(i * 37 % (photo.width() - kSmall.width()),
                            i * 17 % (photo.height() - kSmall.height()));
        sources.append(written(directory, i, test::jpeg(photo.copy(QRect(corner, kSmall)))));
    }
    return sources;
}

Sources cameraPhotos(const QString& directory, int count)
{
    const QList<Photo> photographs = photos();
    Sources sources;
    for (int i = 0; i < count && !photographs.isEmpty(); ++i) {
        QByteArray bytes = test::contentOf(photographs.at(i % photographs.size()).path);
        qToBigEndian(quint16(i + 1), bytes.data() + kDensityAt);
        sources.append(written(directory, i, bytes));
    }
    return sources;
}

} // namespace vitrine::bench
