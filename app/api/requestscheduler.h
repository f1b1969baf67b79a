// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/urgency.h"
#include "app/base/clock.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <array>
#include <chrono>
#include <deque>
#include <functional>

namespace vitrine::api {

/// Decides when a request may leave: for each host the most urgent first, and of those on one line
/// so many at once that there is always a connection left for what a person waits for. One thread.
class RequestScheduler final : public QObject
{
    Q_OBJECT

public:
    /// At one host, on each line. A QNetworkAccessManager opens six connections over HTTP/1.1; what
    /// it has to queue itself would use up its time-out there. While there are both uploads and
    /// downloads, neither has all of their line.
    static constexpr int kAtOnce = 6;
    static constexpr int kUnawaitedAtOnce = 5; ///< on the line of answers
    static constexpr std::array<int, kUrgencies> kOfOneUrgency{5, 4, 5, kAtOnce, 3, 2};

    /// \a clock must outlive it.
    explicit RequestScheduler(const Clock& clock, QObject* parent = nullptr);

    /// Calls \a start, now or when there is room; never once \a request is destroyed, which gives
    /// its room at \a host to the next one.
    void schedule(QObject* request, const QString& host, Urgency urgency,
                  std::function<void()> start);

    /// The host asked to be left alone for \a time: previews and background work wait. Whoever
    /// waits for an answer gets the host's own; uploads wait in the outbox, where it is seen.
    void hold(const QString& host, std::chrono::milliseconds time);

    /// Nothing that waits will be started.
    void clear() { m_hosts.clear(); }

private:
    struct Waiting {
        QPointer<QObject> request;
        std::function<void()> start;
    };
    struct Host {
        std::array<std::deque<Waiting>, kUrgencies> waiting;
        std::array<int, kUrgencies> running{};
        std::chrono::milliseconds heldUntil{};
    };

    void advance(const QString& host);
    void advanceAll();
    std::function<void()> takeNext(Host& host, const QString& name);
    static void forgetWhatWasGivenUp(Host& host);
    bool hasRoom(const Host& host, Urgency urgency) const;
    static bool leavesRoom(const Host& host, Urgency urgency);
    static int runningOn(const Host& host, Line line);
    void follow(QObject* request, const QString& host, Urgency urgency);

    const Clock& m_clock;
    QHash<QString, Host> m_hosts;
    QTimer m_wake;
};

} // namespace vitrine::api
