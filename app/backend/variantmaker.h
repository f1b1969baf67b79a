// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/ingest.h"

#include <QSet>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace vitrine::backend {

/// Makes the variants of pictures that wait for them (ImageStore::addWaiting()), one after the
/// other, on a thread of its own; also of those that an earlier run left. Uploads go first, as long
/// as that does not take for ever, and everything else on the machine does; but for a picture that
/// somebody looks at.
///
/// A picture that cannot be shown after all stays, for its original may be the only one there is;
/// the log warns, and the next start tries again. Where it is the machine that cannot read it now,
/// it waits on and is tried again from time to time; what would befall all others, too, such as a
/// full disk, is not tried with them.
/// Any thread.
class VariantMaker
{
public:
    /// How it waits for uploads. Whoever looks at a picture waits for none of them.
    struct Courtesy {
        std::chrono::milliseconds patience{60'000}; ///< with uploads in a row
        /// Between two that are still in a row: the time that a client takes for the next picture
        /// of 24 megapixels, and some more.
        std::chrono::milliseconds pause{500};
    };

    /// Begins with what is there. \a store and \a ingest must outlive it.
    VariantMaker(ImageStore& store, const Ingest& ingest, Courtesy courtesy);
    /// Ends with the picture at hand.
    ~VariantMaker();
    VariantMaker(const VariantMaker&) = delete;
    VariantMaker& operator=(const VariantMaker&) = delete;

    /// An upload that is under way for as long as this lives.
    class Upload
    {
    public:
        explicit Upload(VariantMaker& maker) : m_maker(maker) { m_maker.countUploads(1); }
        ~Upload() { m_maker.countUploads(-1); }
        Upload(const Upload&) = delete;
        Upload& operator=(const Upload&) = delete;

    private:
        VariantMaker& m_maker;
    };

    /// A picture has come that waits. What was thought of one with that \a digest is forgotten.
    void wake(const QByteArray& digest = {});
    /// Somebody wants to see this one, which waits: it is the next, whatever else is going on.
    void hurry(const QByteArray& digest);
    /// Whether that has no end in this run: its variants cannot be made.
    bool hasGivenUp(const QByteArray& digest) const;

private:
    using Time = std::chrono::steady_clock::time_point;
    struct Pass;
    struct Task;

    void countUploads(int change);
    void run();
    bool waitForPictures();
    bool waitForTurn(const Pass& pass);
    bool isTurn(const Pass& pass) const;
    bool hasHurried(const Pass& pass) const;
    void makeAll();
    void makeNext(Pass& pass);
    Result<Task> takeNext(Pass& pass);
    std::optional<QByteArray> takeHurried(const Pass& pass);
    Result<void> make(const Task& task);
    Result<void> makeVariants(const Task& task);
    bool isHopeless(const QByteArray& digest, ErrorKind kind);
    void giveUp(const QByteArray& digest, ErrorKind kind);

    ImageStore& m_store;
    const Ingest& m_ingest;
    const Courtesy m_courtesy;
    QSet<QByteArray> m_suspects; // of the thread: those that brought a decoder down once

    mutable std::mutex m_mutex; // of all that follows
    std::condition_variable m_changed;
    QList<QByteArray> m_hurried;
    QSet<QByteArray> m_givenUp;
    int m_uploads = 0;
    Time m_pauseUntil = Time::min(); ///< from then on no upload is in a row with earlier ones
    bool m_isWoken = true;
    std::chrono::nanoseconds m_patienceLeft{}; ///< until all is made that waits
    bool m_isTroubled = false;                 ///< what is left waits for better times
    bool m_isEnding = false;

    std::thread m_thread; // last: it uses all the rest
};

} // namespace vitrine::backend
