// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/descriptor.h"
#include "app/base/result.h"

#include <QByteArrayView>

#include <optional>

namespace vitrine::decoding {

/// Memory that the program and one of its workers share. What is large is laid on it by one and
/// copied off by the other; it keeps its pages from one picture to the next, for to get new ones
/// takes several times as long as to copy into them. Its size is fixed, so that neither end can
/// take it away under the other, but it takes memory only where something was laid. What the
/// worker laid there may change while it is looked at: copy first, then judge the copy. One thread
/// at a time.
class Tray
{
public:
    /// Bytes that fit on it: as much as a worker's own memory.
    static constexpr qint64 kCapacity = 1'500'000'000;

    /// Errors: Storage (no memory).
    static Result<Tray> make();
    /// The worker's view of the one that came along its line.
    explicit Tray(Descriptor file) : m_file(std::move(file)) {}
    Tray(Tray&& other) noexcept;
    Tray& operator=(Tray&&) = delete;
    ~Tray();

    /// Begins anew behind the first \a kept bytes, which stay as they are.
    void clear(qint64 kept = 0) { m_used = kept; }
    /// Lays \a bytes behind what is there and tells where. Errors: MemoryExhausted.
    Result<qint64> put(QByteArrayView bytes);
    /// What lies there; none if no such place is on the tray.
    std::optional<QByteArrayView> at(qint64 start, qint64 size);
    /// Gives back to the system what few pictures need.
    void trim();

    int number() const { return m_file.number(); }

private:
    bool reach(qint64 end);

    Descriptor m_file;
    char* m_start = nullptr;
    qint64 m_mapped = 0; // bytes from the start on that are in our memory
    qint64 m_used = 0;
};

} // namespace vitrine::decoding
