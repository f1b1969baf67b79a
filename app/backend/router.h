// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/http/application.h"

#include <functional>
#include <vector>

namespace vitrine::backend {

/// A request on its way to a handler.
struct Call {
    const http::RequestHead& head;
    QString argument; ///< what stands in the path where the route has "*", decoded
};

using Handler = std::function<http::Opened(const Call&)>;

/// A route's pattern: \a path of protocol::path, and what may stand behind it.
inline QByteArray pattern(QLatin1StringView path, const char* rest = "")
{
    return QByteArray(path.data(), path.size()) + rest;
}

/// Finds the handler of a request. HEAD goes where GET goes; a path that is known tells its methods
/// to OPTIONS, and answers 405 to those it does not have; an unknown one answers 404. Any thread
/// once it is filled.
class Router
{
public:
    /// \a pattern: a path; a "*" at its end stands for one or more characters, among them "/" only
    /// if it is written "**".
    void add(QByteArray method, QByteArray pattern, Handler handler);
    http::Opened open(const http::RequestHead& head) const;
    /// The pattern that \a path matches: what may be told of a path in logs. "-" if there is none.
    QByteArray patternOf(const QByteArray& path) const;

private:
    struct Route {
        QByteArray method;
        QByteArray pattern;
        Handler handler;
    };
    std::vector<Route> m_routes;
};

/// Reads a small body whole, then answers in \a lane.
class BufferedExchange final : public http::Exchange
{
public:
    using Answer = std::function<http::Response(const QByteArray& body)>;

    BufferedExchange(qint64 limit, http::Lane lane, Answer answer)
        : m_limit(limit), m_lane(lane), m_answer(std::move(answer))
    {}
    std::optional<http::Response> take(QByteArrayView piece) override;
    http::Response finish() override { return m_answer(m_body); }
    http::Lane lane() const override { return m_lane; }

private:
    const qint64 m_limit;
    const http::Lane m_lane;
    const Answer m_answer;
    QByteArray m_body;
};

} // namespace vitrine::backend
