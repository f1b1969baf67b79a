// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/photos.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QImageReader>
#include <QImageWriter>
#include <QPainter>
#include <QSaveFile>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

using namespace Qt::StringLiterals;

namespace vitrine::bench {
namespace {

/// Pictures below /usr/share. Four names are laid out as a square of four: the older ones are too
/// small, and enlarging would take away the detail that costs a decoder its time.
const QList<QStringList> kSources{
    {u"backgrounds/mate/abstract/Elephants_5640x3172.jpg"_s},
    {u"backgrounds/Kleiber_by_Lukas_Baubkus.jpg"_s},
    {u"backgrounds/Infinite-Sea_by_Aury88.jpg"_s},
    {u"backgrounds/Fossa_by_Jasper_Roks.jpg"_s},
    {u"wallpapers/Patak/contents/images/5120x2880.png"_s},
    {u"wallpapers/Altai/contents/images/5120x2880.png"_s},
    {u"wallpapers/Volna/contents/images/5120x2880.jpg"_s},
    {u"wallpapers/SafeLanding/contents/images/5120x2880.jpg"_s},
    {u"wallpapers/Autumn/contents/images/2560x1600.jpg"_s,
     u"wallpapers/BytheWater/contents/images/2560x1600.jpg"_s,
     u"wallpapers/FallenLeaf/contents/images/2560x1600.jpg"_s,
     u"wallpapers/Path/contents/images/2560x1600.jpg"_s},
    {u"wallpapers/Kite/contents/images/2560x1600.jpg"_s,
     u"wallpapers/OneStandsOut/contents/images/2560x1600.jpg"_s,
     u"wallpapers/ColorfulCups/contents/images/2560x1600.jpg"_s,
     u"wallpapers/EveningGlow/contents/images/2560x1600.jpg"_s},
    {u"backgrounds/mate/nature/Aqua.jpg"_s, u"backgrounds/mate/nature/Garden.jpg"_s,
     u"backgrounds/mate/nature/LadyBird.jpg"_s, u"backgrounds/mate/nature/TwoWings.jpg"_s},
    {u"wallpapers/ColdRipple/contents/images/2560x1600.jpg"_s,
     u"wallpapers/summer_1am/contents/images/2560x1600.jpg"_s,
     u"wallpapers/DarkestHour/contents/images/2560x1600.jpg"_s,
     u"backgrounds/mate/nature/YellowFlower.jpg"_s},
};
/// What a camera of today writes at this quality: 5 MB for 16 megapixels.
constexpr int kQuality = 90;
constexpr double kBytesPerPixel = 0.31;
constexpr double kMostGrain = 8; ///< levels

constexpr double kMegapixels[] = {12, 20, 14, 24, 16, 18, 12, 20};
constexpr int kSizesOfEach = 2;
constexpr int kProgressiveEvery = 6;

QImage laidOut(const QStringList& names)
{
    const QImage first = installedPhoto(names.first());
    if (names.size() == 1 || first.isNull())
        return first;
    QImage all(first.size() * 2, QImage::Format_RGB32);
    QPainter painter(&all);
    for (int i = 0; i < names.size(); ++i) {
        const QPoint corner(i % 2 * first.width(), i / 2 * first.height());
        painter.drawImage(QRect(corner, first.size()), installedPhoto(names.at(i)));
    }
    return all;
}

/// With what a sensor adds to every pixel: noise of \a deviation levels, the same in all channels.
QImage grained(QImage image, double deviation)
{
    std::minstd_rand random;
    std::normal_distribution<double> normal(0, deviation);
    std::array<int, 4096> noise{};
    std::ranges::generate(noise, [&] { return int(std::lround(normal(random))); });
    for (int y = 0; y < image.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            const int more = noise[random() % noise.size()];
            const auto level = [more](int value) { return std::clamp(value + more, 0, 255); };
            line[x] = qRgb(level(qRed(line[x])), level(qGreen(line[x])), level(qBlue(line[x])));
        }
    }
    return image;
}

QByteArray encoded(const QImage& image, bool isProgressive)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QImageWriter writer(&buffer, "jpeg");
    writer.setQuality(kQuality);
    writer.setProgressiveScanWrite(isProgressive);
    writer.write(image);
    return bytes;
}

/// Wallpapers have been cleaned of the grain that photographs have, and that decoders spend most of
/// their time on: the least that brings the file to the size that a camera's has.
QByteArray asFromCamera(const QImage& image, bool isProgressive)
{
    const double enough = kBytesPerPixel * image.width() * image.height();
    QByteArray bytes = encoded(image, isProgressive);
    for (double grain = 1; double(bytes.size()) < enough && grain <= kMostGrain; grain += 0.5)
        bytes = encoded(grained(image, grain), isProgressive);
    return bytes;
}

bool write(const QByteArray& bytes, const QString& path)
{
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
}

QImage ofMegapixels(const QImage& image, double megapixels)
{
    const double factor = std::sqrt(megapixels * 1e6 / image.width() / image.height());
    return image.scaledToWidth(int(std::lround(image.width() * factor)), Qt::SmoothTransformation);
}

bool make(const QStringList& source, const QList<Photo>& wanted, qsizetype first)
{
    const QImage image = laidOut(source);
    if (image.isNull())
        return false;
    for (qsizetype i = 0; i < kSizesOfEach; ++i) {
        const qsizetype index = first + i;
        const double megapixels = kMegapixels[size_t(index) % std::size(kMegapixels)];
        const Photo& photo = wanted.at(index);
        const QImage scaled = ofMegapixels(image, megapixels);
        if (!write(asFromCamera(scaled, photo.isProgressive), photo.path))
            return false;
    }
    return true;
}

bool isThere(const Photo& photo)
{
    return QFile::exists(photo.path);
}

} // namespace

QImage installedPhoto(const QString& name)
{
    QImageReader reader(u"/usr/share/"_s + name);
    reader.setAllocationLimit(0);
    return reader.read().convertToFormat(QImage::Format_RGB32);
}

QList<Photo> photos()
{
    QList<Photo> all;
    for (qsizetype i = 0; i < kSources.size() * kSizesOfEach; ++i) {
        const QString name = u"%1/%2.jpg"_s.arg(QStringLiteral(VITRINE_PHOTOS)).arg(i);
        all.append({name, i % kProgressiveEvery == kProgressiveEvery - 1});
    }
    if (std::all_of(all.begin(), all.end(), isThere))
        return all;
    QDir().mkpath(QStringLiteral(VITRINE_PHOTOS));
    for (qsizetype i = 0; i < kSources.size(); ++i) {
        if (!make(kSources.at(i), all, i * kSizesOfEach))
            return {};
    }
    return all;
}

} // namespace vitrine::bench
