// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/http/message.h"

#include <QByteArrayView>

#include <memory>
#include <optional>
#include <variant>

namespace vitrine::backend::http {

/// Where a part of a request is worked on, so that what takes long keeps nobody else waiting.
enum class Lane {
    Lookup,  ///< reads rows and files
    Durable, ///< waits until the disk has it
    Heavy    ///< computes
};

/// One request whose body is wanted. The server calls it from pool threads, one call at a time;
/// destroying it before finish() means that the client went away.
class Exchange
{
public:
    virtual ~Exchange() = default;

    /// The next piece of the body. An answer ends the request here: the rest is not read.
    virtual std::optional<Response> take(QByteArrayView piece) = 0;
    /// The body is complete.
    virtual Response finish() = 0;
    /// Of finish(); the rest is in Lookup.
    virtual Lane lane() const { return Lane::Lookup; }
};

/// The status of a request whose client went away in the middle of its body. It is never sent; the
/// number is the one that nginx writes into its logs.
constexpr int kClientGone = 499;

/// How it went with an answer.
struct Served {
    int status = 0;
    qint64 bytes = 0;                      ///< of the body, sent
    std::chrono::microseconds duration{0}; ///< from the end of the request's head to the end
    bool isComplete = false;               ///< all of it was sent
};

using Opened = std::variant<Response, std::unique_ptr<Exchange>>;

/// What a Server asks for its answers. Any thread, many at a time.
class Application
{
public:
    virtual ~Application() = default;

    /// An answer that is at hand already; nullopt: open() it is. Called on the thread that moves
    /// everybody's bytes, so it must not block.
    virtual std::optional<Response> recall(const RequestHead& head)
    {
        Q_UNUSED(head)
        return std::nullopt;
    }
    /// Decides by the head alone. A Response answers at once; if the client has a body on its way
    /// that is then not read, and the connection ends.
    virtual Opened open(const RequestHead& head) = 0;
    /// The body of an answer that the server itself has to give: malformed requests, time-outs.
    virtual Response problem(int status, const QString& detail) const = 0;

    // These three are called on the thread that moves bytes, and must be quick.

    /// A last touch on every answer, also on those of problem(). The head is empty if none came.
    virtual void dress(const RequestHead&, Response&) const {}
    /// An answer was sent or given up, or the client left before there was one.
    virtual void served(const RequestHead&, const Served&) {}
    /// So many more clients are connected from now on, or fewer.
    virtual void connected(int) {}
};

} // namespace vitrine::backend::http
