// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/variantmaker.h"
#include "tests/backend/moodyreader.h"
#include "tests/support/fakeclock.h"

namespace vitrine::test {

/// A store of images, and what makes variants in it, as often as it is opened.
class Workshop
{
public:
    explicit Workshop(const QString& directory) : m_directory(directory) { open(); }

    /// Again, as after a crash.
    void open();
    void close();
    backend::VariantMaker& startMaker(backend::VariantMaker::Courtesy courtesy = {
                                          std::chrono::hours(1), std::chrono::milliseconds(1)});

    /// An original on its way in.
    std::unique_ptr<backend::Incoming> arriving(const QByteArray& bytes);
    /// Its variants come later.
    backend::StoredImage share(const QByteArray& bytes);
    /// Its variants are there at once.
    backend::StoredImage shareWhole(const QByteArray& bytes);

    bool isWaiting(const backend::StoredImage& stored);
    bool isThere(const backend::StoredImage& stored);
    bool hasVariants(const backend::StoredImage& stored);
    /// Of the original, wherever it is.
    QByteArray original(const backend::StoredImage& stored);
    /// What lies in incoming/.
    QStringList arrivals() const;
    /// What the check finds.
    QStringList findings() const { return findings(m_directory); }
    static QStringList findings(const QString& directory);

    backend::ImageStore& store() { return *m_store; }
    MoodyReader& reader() { return m_reader; }

private:
    const QString m_directory;
    FakeClock m_clock;
    MoodyReader m_reader;
    const imaging::Limits m_limits;
    backend::PixelBudget m_pixels{1'000'000};
    const backend::Ingest m_ingest{m_reader, m_limits, m_pixels};
    std::unique_ptr<backend::Connections> m_connections;
    std::unique_ptr<backend::ImageStore> m_store;
    std::unique_ptr<backend::VariantMaker> m_maker;
};

/// A JPEG; another one for each \a seed.
QByteArray photo(int seed = 0);

} // namespace vitrine::test
