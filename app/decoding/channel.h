// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/descriptor.h"
#include "app/base/result.h"

#include <QByteArray>

#include <chrono>

namespace vitrine::decoding {

/// One message: some bytes and at most one open file.
struct Message {
    QByteArray bytes;
    Descriptor file;
};

/// One end of the line between the program and a worker: a SOCK_SEQPACKET socket, so that messages
/// arrive whole and the death of one end is an event at the other. One thread at a time.
class Channel
{
public:
    static constexpr std::chrono::milliseconds kForEver{-1};

    explicit Channel(Descriptor socket) : m_socket(std::move(socket)) {}
    /// Two ends of a new line, both closed in programs that this one starts.
    static Result<std::pair<Channel, Channel>> makePair();

    /// The file is duplicated on its way; the caller keeps its own. Errors: Storage (the other end
    /// is gone, or the message is too long).
    Result<void> send(QByteArrayView bytes, int file = -1) const;
    /// Waits for the next message. Errors: TimedOut, Storage (the other end is gone, or what came
    /// is longer than a message may be).
    Result<Message> receive(std::chrono::milliseconds patience = kForEver) const;

    int number() const { return m_socket.number(); }

private:
    Descriptor m_socket;
};

} // namespace vitrine::decoding
