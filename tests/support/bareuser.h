// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <linux/capability.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace vitrine::test {

/// While it lives, permissions hold for this thread and for threads that it starts, also where the
/// tests run as root: whose right to pass by them is put down. For others nothing changes.
class BareUser
{
public:
    BareUser()
    {
        Capabilities lowered = m_before = current();
        lowered.sets[0].effective &= ~(1U << CAP_DAC_OVERRIDE | 1U << CAP_DAC_READ_SEARCH);
        set(lowered);
    }
    ~BareUser() { set(m_before); }
    BareUser(const BareUser&) = delete;
    BareUser& operator=(const BareUser&) = delete;

private:
    struct Capabilities {
        __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
        __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3]{};
    };
    static Capabilities current()
    {
        Capabilities now;
        if (::syscall(SYS_capget, &now.header, now.sets) != 0)
            qFatal("what this process may do is not known");
        return now;
    }
    static void set(Capabilities wanted)
    {
        if (::syscall(SYS_capset, &wanted.header, wanted.sets) != 0)
            qFatal("rights cannot be put down");
    }

    Capabilities m_before;
};

} // namespace vitrine::test
