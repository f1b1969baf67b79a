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
                               ErrorKind::TooManyFrames, ErrorKind::TooCompressed,
                               ErrorKind::TooLarge,      ErrorKind::NotFound};
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

/// What a picture may do to its decoder, or a machine that is short of time and memory.
bool isOfDecoder(ErrorKind kind)
{
    return kind == ErrorKind::DecoderCrashed || kind == ErrorKind::DecoderTooSlow ||
           kind == ErrorKind::MemoryExhausted;
}

/// What befalls all pictures alike.
bool isOfMachine(ErrorKind kind)
{
    return kind == ErrorKind::DiskFull || kind == ErrorKind::PermissionDenied ||
           kind == ErrorKind::SandboxRefused || kind == ErrorKind::DecoderMissing;
}

} // namespace

/// Goes through the pictures that wait once.
struct VariantMaker::Pass {
    qint64 last = 0;                  ///< the sequence up to which it got
    QSet<QByteArray> failed;          ///< those that wait on
    std::optional<ErrorKind> trouble; ///< why they do
    bool isOver = false;
};

struct VariantMaker::Task {
    QByteArray digest; ///< empty: there is no more to do
    Ingest::Pace pace = Ingest::Pace::Patient;
};

VariantMaker::VariantMaker(ImageStore& store, const Ingest& ingest, Courtesy courtesy)
    : m_store(store), m_ingest(ingest), m_courtesy(courtesy), m_thread([this] { run(); })
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
        m_pauseUntil = std::chrono::steady_clock::now() + m_courtesy.pause;
    }
    m_changed.notify_all();
}

void VariantMaker::wake(const QByteArray& digest)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_givenUp.remove(digest);
        m_isWoken = true;
    }
    m_changed.notify_all();
}

void VariantMaker::hurry(const QByteArray& digest)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (m_hurried.contains(digest))
            return;
        m_hurried.append(digest);
        if (!m_isTroubled) // else each who asks would have it tried again at once
            m_isWoken = true;
    }
    m_changed.notify_all();
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
    m_patienceLeft = m_courtesy.patience;
    return !m_isEnding;
}

/// False: it is to end. Whoever had to wait long once waits for no upload more until all is made.
bool VariantMaker::waitForTurn(const Pass& pass)
{
    std::unique_lock lock(m_mutex);
    Time now = std::chrono::steady_clock::now();
    const Time end = now + m_patienceLeft;
    while (now < end && !isTurn(pass)) {
        m_changed.wait_until(lock, m_uploads > 0 ? end : std::min(end, m_pauseUntil));
        now = std::chrono::steady_clock::now();
    }
    m_patienceLeft = end - now;
    return !m_isEnding;
}

/// With the mutex.
bool VariantMaker::isTurn(const Pass& pass) const
{
    const bool isQuiet = m_uploads == 0 && std::chrono::steady_clock::now() >= m_pauseUntil;
    return isQuiet || hasHurried(pass) || m_isEnding;
}

/// With the mutex.
bool VariantMaker::hasHurried(const Pass& pass) const
{
    return std::any_of(m_hurried.begin(), m_hurried.end(), [&](const QByteArray& digest) {
        return !pass.failed.contains(digest); // that is for the next pass
    });
}

void VariantMaker::makeAll()
{
    Pass pass;
    while (!pass.isOver && waitForTurn(pass))
        makeNext(pass);
    if (pass.trouble)
        qCWarning(logBackend, "some pictures still wait for their variants (error %d)",
                  int(*pass.trouble));
    const std::scoped_lock lock(m_mutex);
    m_isTroubled = pass.trouble.has_value();
}

void VariantMaker::makeNext(Pass& pass)
{
    const auto next = takeNext(pass);
    if (!next)
        pass.trouble = next.error().kind;
    pass.isOver = !next || next->digest.isEmpty();
    if (pass.isOver)
        return;
    const auto made = make(*next);
    if (made)
        return;
    const ErrorKind kind = made.error().kind;
    if (isHopeless(next->digest, kind))
        return giveUp(next->digest, kind);
    pass.failed.insert(next->digest);
    pass.trouble = kind;
    pass.isOver = isOfMachine(kind);
}

Result<VariantMaker::Task> VariantMaker::takeNext(Pass& pass)
{
    while (const auto hurried = takeHurried(pass)) {
        const auto waits = m_store.isWaiting(*hurried);
        if (!waits)
            return failure(waits.error());
        if (*waits)
            return Task{*hurried, Ingest::Pace::Awaited};
    }
    for (;;) {
        const auto next = m_store.waiting(pass.last, 1);
        if (!next)
            return failure(next.error());
        if (next->isEmpty())
            return Task();
        pass.last = next->first().sequence;
        const QByteArray& digest = next->first().digest;
        if (!pass.failed.contains(digest) && !hasGivenUp(digest))
            return Task{digest};
    }
}

std::optional<QByteArray> VariantMaker::takeHurried(const Pass& pass)
{
    const std::scoped_lock lock(m_mutex);
    for (qsizetype i = 0; i < m_hurried.size(); ++i) {
        if (!pass.failed.contains(m_hurried[i])) // that is for the next pass
            return m_hurried.takeAt(i);
    }
    return std::nullopt;
}

/// An exception, as where memory is short, must not end the whole server.
Result<void> VariantMaker::make(const Task& task)
{
    try {
        return makeVariants(task);
    } catch (const std::exception& exception) {
        return failure(ErrorKind::Internal, QString::fromLocal8Bit(exception.what()));
    }
}

Result<void> VariantMaker::makeVariants(const Task& task)
{
    const auto resumed = m_store.resume(task.digest);
    if (!resumed)
        return failure(resumed.error());
    const auto& picture = *resumed;
    if (!picture) // removed meanwhile
        return {};
    const auto found = m_ingest.read(picture->originalPath(), task.pace);
    if (!found)
        return failure(found.error());
    return addVariants(*picture, *found).and_then([&] {
        return m_store.complete(*picture, found->variants.placeholder);
    });
}

/// Whether trying again helps nobody. A decoder may be brought down twice: once it may have been
/// the machine.
bool VariantMaker::isHopeless(const QByteArray& digest, ErrorKind kind)
{
    if (!isOfDecoder(kind))
        return isOfPicture(kind);
    const bool isSuspect = m_suspects.contains(digest);
    m_suspects.insert(digest);
    return isSuspect;
}

void VariantMaker::giveUp(const QByteArray& digest, ErrorKind kind)
{
    const QString image = m_store.imageOf(digest).value_or(QString());
    qCWarning(logBackend, "the image %s cannot be shown (error %d)", qPrintable(image), int(kind));
    const std::scoped_lock lock(m_mutex);
    m_givenUp.insert(digest);
}

bool VariantMaker::hasGivenUp(const QByteArray& digest) const
{
    const std::scoped_lock lock(m_mutex);
    return m_givenUp.contains(digest);
}

} // namespace vitrine::backend
