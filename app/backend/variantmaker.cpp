// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/variantmaker.h"

#include "app/base/log.h"

#include <algorithm>
#include <array>

namespace vitrine::backend {
namespace {

using namespace std::chrono_literals;

constexpr auto kBetterTimes = 30s; ///< until what did not work is tried again

/// What is wrong with the picture itself, so that trying again helps nobody.
bool isOfPicture(ErrorKind kind)
{
    constexpr std::array kinds{ErrorKind::EmptyFile,     ErrorKind::NotAnImage,
                               ErrorKind::DamagedImage,  ErrorKind::UnsupportedImage,
                               ErrorKind::TooManyPixels, ErrorKind::SideTooLong,
                               ErrorKind::TooManyFrames, ErrorKind::TooCompressed};
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

/// What a picture may do to its decoder, or a machine that is short of time and memory.
bool isOfDecoder(ErrorKind kind)
{
    return kind == ErrorKind::DecoderCrashed || kind == ErrorKind::DecoderTooSlow ||
           kind == ErrorKind::MemoryExhausted;
}

} // namespace

VariantMaker::VariantMaker(ImageStore& store, const Ingest& ingest,
                           std::chrono::milliseconds patience)
    : m_store(store), m_ingest(ingest), m_patience(patience), m_thread([this] { run(); })
{}

VariantMaker::~VariantMaker()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isEnding = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

void VariantMaker::countUploads(int change)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_uploads += change;
    }
    m_changed.notify_all();
}

void VariantMaker::wake()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isWoken = true;
    }
    m_changed.notify_all();
}

void VariantMaker::hurry(const QByteArray& digest)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_hurried.contains(digest))
        m_hurried.append(digest);
}

void VariantMaker::run()
{
    while (waitForPictures())
        makeAll();
}

/// False: it is to end.
bool VariantMaker::waitForPictures()
{
    std::unique_lock lock(m_mutex);
    const auto isDue = [this] { return m_isWoken || m_isEnding; };
    if (m_isTroubled)
        m_changed.wait_for(lock, kBetterTimes, isDue);
    else
        m_changed.wait(lock, isDue);
    m_isWoken = false;
    m_isTroubled = false;
    m_isPatient = true;
    return !m_isEnding;
}

/// False: it is to end. Whoever had to wait long once waits for no upload more until all is made.
bool VariantMaker::waitForTurn()
{
    std::unique_lock lock(m_mutex);
    if (m_isPatient)
        m_isPatient =
            m_changed.wait_for(lock, m_patience, [this] { return m_uploads == 0 || m_isEnding; });
    return !m_isEnding;
}

void VariantMaker::makeAll()
{
    auto waiting = m_store.waiting();
    bool isTroubled = !waiting;
    if (waiting)
        waiting->removeIf([this](const QByteArray& digest) { return hasGivenUp(digest); });
    while (waiting && !waiting->isEmpty() && waitForTurn()) {
        if (make(takeNext(*waiting)) == Outcome::Later)
            isTroubled = true;
    }
    const std::scoped_lock lock(m_mutex);
    m_hurried.clear();
    m_isTroubled = isTroubled;
}

QByteArray VariantMaker::takeNext(QList<QByteArray>& waiting)
{
    const std::scoped_lock lock(m_mutex);
    while (!m_hurried.isEmpty()) {
        const QByteArray hurried = m_hurried.takeFirst();
        if (waiting.removeOne(hurried))
            return hurried;
    }
    return waiting.takeFirst();
}

VariantMaker::Outcome VariantMaker::make(const QByteArray& digest)
{
    const auto resumed = m_store.resume(digest);
    if (!resumed)
        return refuse(digest, resumed.error());
    const auto& picture = *resumed;
    if (!picture) // removed meanwhile
        return Outcome::Done;
    const auto found = m_ingest.read(picture->originalPath());
    if (!found)
        return refuse(digest, found.error());
    const auto made = addVariants(*picture, *found).and_then([&] {
        return m_store.complete(*picture, found->variants.placeholder);
    });
    return made ? Outcome::Done : Outcome::Later;
}

VariantMaker::Outcome VariantMaker::refuse(const QByteArray& digest, const Error& error)
{
    const bool isSuspect = isOfDecoder(error.kind) && m_suspects.contains(digest);
    if (!isOfPicture(error.kind) && !isSuspect) {
        if (isOfDecoder(error.kind))
            m_suspects.append(digest);
        return Outcome::Later;
    }
    qCWarning(logBackend, "a picture that was shared cannot be shown (error %d)", int(error.kind));
    const std::scoped_lock lock(m_mutex);
    m_givenUp.insert(digest);
    return Outcome::Done;
}

bool VariantMaker::hasGivenUp(const QByteArray& digest) const
{
    const std::scoped_lock lock(m_mutex);
    return m_givenUp.contains(digest);
}

} // namespace vitrine::backend
