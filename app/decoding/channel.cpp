// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decoding/channel.h"

#include <QDeadlineTimer>

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace vitrine::decoding {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kLongestMessage = 64 * 1024; // bytes; pictures go on the tray

tl::unexpected<Error> gone()
{
    return failure(ErrorKind::Storage, u"the other end of the line is gone"_s);
}

/// Room for one descriptor beside a message, aligned as the kernel wants it.
union Ancillary {
    cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int))];
};

Result<void> waitFor(int socket, std::chrono::milliseconds patience)
{
    const QDeadlineTimer deadline =
        patience < patience.zero() ? QDeadlineTimer(QDeadlineTimer::Forever) : patience;
    for (;;) {
        pollfd waiting{.fd = socket, .events = POLLIN, .revents = 0};
        const int ready = ::poll(&waiting, 1, int(deadline.remainingTime()));
        if (ready > 0)
            return {};
        if (ready == 0)
            return failure(ErrorKind::TimedOut);
        if (errno != EINTR)
            return gone();
    }
}

/// The first descriptor that came along; others there cannot be, for there is no room for them.
Descriptor fileIn(msghdr& envelope)
{
    const cmsghdr* header = CMSG_FIRSTHDR(&envelope);
    const bool isFile = header && header->cmsg_level == SOL_SOCKET &&
                        header->cmsg_type == SCM_RIGHTS &&
                        header->cmsg_len == CMSG_LEN(sizeof(int));
    int number = -1;
    if (isFile)
        std::memcpy(&number, CMSG_DATA(header), sizeof(int));
    return Descriptor(number);
}

} // namespace

Result<std::pair<Channel, Channel>> Channel::makePair()
{
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return failure(ErrorKind::Storage, u"no socket pair"_s);
    return std::pair(Channel(Descriptor(ends[0])), Channel(Descriptor(ends[1])));
}

Result<void> Channel::send(QByteArrayView bytes, int file) const
{
    if (bytes.size() > kLongestMessage)
        return failure(ErrorKind::Storage, u"a message that is too long"_s);
    iovec part{.iov_base = const_cast<char*>(bytes.data()), .iov_len = size_t(bytes.size())};
    msghdr envelope{};
    envelope.msg_iov = &part;
    envelope.msg_iovlen = 1;
    Ancillary ancillary{};
    if (file >= 0) {
        envelope.msg_control = &ancillary;
        envelope.msg_controllen = sizeof(ancillary.bytes);
        ancillary.header.cmsg_level = SOL_SOCKET;
        ancillary.header.cmsg_type = SCM_RIGHTS;
        ancillary.header.cmsg_len = CMSG_LEN(sizeof(int));
        std::memcpy(CMSG_DATA(&ancillary.header), &file, sizeof(int));
    }
    for (;;) {
        if (::sendmsg(number(), &envelope, MSG_NOSIGNAL) >= 0)
            return {};
        if (errno != EINTR)
            return gone();
    }
}

Result<Message> Channel::receive(std::chrono::milliseconds patience) const
{
    if (auto ready = waitFor(number(), patience); !ready)
        return failure(ready.error());
    Message message{QByteArray(kLongestMessage, Qt::Uninitialized), {}};
    iovec part{.iov_base = message.bytes.data(), .iov_len = size_t(message.bytes.size())};
    Ancillary ancillary{};
    msghdr envelope{};
    envelope.msg_iov = &part;
    envelope.msg_iovlen = 1;
    envelope.msg_control = &ancillary;
    envelope.msg_controllen = sizeof(ancillary.bytes);
    ssize_t length = -1;
    do {
        length = ::recvmsg(number(), &envelope, MSG_CMSG_CLOEXEC);
    } while (length < 0 && errno == EINTR);
    if (length <= 0)
        return gone();
    message.file = fileIn(envelope);
    if (envelope.msg_flags & MSG_TRUNC)
        return gone();
    message.bytes.truncate(length);
    return message;
}

} // namespace vitrine::decoding
