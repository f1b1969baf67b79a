// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/requestscheduler.h"

#include <algorithm>

namespace vitrine::api {

RequestScheduler::RequestScheduler(const Clock& clock, QObject* parent)
    : QObject(parent), m_clock(clock)
{
    m_wake.setSingleShot(true);
    connect(&m_wake, &QTimer::timeout, this, &RequestScheduler::advanceAll);
}

void RequestScheduler::schedule(QObject* request, const QString& host, Urgency urgency,
                                std::function<void()> start)
{
    m_hosts[host].waiting[size_t(urgency)].push_back({request, std::move(start)});
    advance(host);
}

void RequestScheduler::hold(const QString& host, std::chrono::milliseconds time)
{
    Host& held = m_hosts[host];
    held.heldUntil = std::max(held.heldUntil, m_clock.elapsed() + time);
    const bool isSoonest = !m_wake.isActive() || m_wake.remainingTimeAsDuration() > time;
    if (isSoonest)
        m_wake.start(time);
}

void RequestScheduler::advanceAll()
{
    const auto now = m_clock.elapsed();
    const QStringList hosts = m_hosts.keys();
    for (const QString& host : hosts) {
        if (m_hosts[host].heldUntil > now)
            hold(host, m_hosts[host].heldUntil - now);
        else
            advance(host);
    }
}

// What starts may schedule more: the host is looked up anew each time.
void RequestScheduler::advance(const QString& host)
{
    while (m_hosts.contains(host)) {
        const auto start = takeNext(m_hosts[host], host);
        if (!start)
            return;
        start();
    }
}

std::function<void()> RequestScheduler::takeNext(Host& host, const QString& name)
{
    forgetWhatWasGivenUp(host);
    for (int i = 0; i < kUrgencies; ++i) {
        auto& waiting = host.waiting[size_t(i)];
        const auto urgency = Urgency(i);
        if (waiting.empty() || !hasRoom(host, urgency))
            continue;
        const Waiting next = std::move(waiting.front());
        waiting.pop_front();
        ++host.running[size_t(i)];
        follow(next.request, name, urgency);
        return next.start;
    }
    return {};
}

void RequestScheduler::forgetWhatWasGivenUp(Host& host)
{
    for (auto& waiting : host.waiting) {
        while (!waiting.empty() && !waiting.front().request)
            waiting.pop_front();
    }
}

void RequestScheduler::follow(QObject* request, const QString& host, Urgency urgency)
{
    connect(request, &QObject::destroyed, this, [this, host, urgency] {
        const auto found = m_hosts.find(host);
        if (found == m_hosts.end())
            return;
        --found->running[size_t(urgency)];
        advance(host);
    });
}

bool RequestScheduler::hasRoom(const Host& host, Urgency urgency) const
{
    const bool mayBeHeld = urgency == Urgency::Visible || urgency == Urgency::Background;
    if (mayBeHeld && host.heldUntil > m_clock.elapsed())
        return false;
    return runningOn(host, lineOf(urgency)) < kAtOnce &&
           host.running[size_t(urgency)] < kOfOneUrgency[size_t(urgency)] &&
           leavesRoom(host, urgency);
}

/// For others on the same line, who may come.
bool RequestScheduler::leavesRoom(const Host& host, Urgency urgency)
{
    if (lineOf(urgency) == Line::Answers) {
        const int awaited = host.running[size_t(Urgency::Awaited)];
        return urgency == Urgency::Awaited ||
               runningOn(host, Line::Answers) - awaited < kUnawaitedAtOnce;
    }
    const auto other = size_t(urgency == Urgency::Upload ? Urgency::Download : Urgency::Upload);
    const bool isOtherThere = host.running[other] > 0 || !host.waiting[other].empty();
    return host.running[size_t(urgency)] < kAtOnce - int(isOtherThere);
}

int RequestScheduler::runningOn(const Host& host, Line line)
{
    int count = 0;
    for (int i = 0; i < kUrgencies; ++i) {
        if (lineOf(Urgency(i)) == line)
            count += host.running[size_t(i)];
    }
    return count;
}

} // namespace vitrine::api
