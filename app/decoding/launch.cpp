// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decoding/launch.h"

#include <QFile>

#include <spawn.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <cstring>

namespace vitrine::decoding {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kHasShadowMemory = true; // terabytes of addresses
#else
constexpr bool kHasShadowMemory = false;
#endif

/// What of the environment goes along: where libraries and plugins are. The rest is nobody's
/// business there.
constexpr std::array kVariables{"LD_LIBRARY_PATH=", "QT_PLUGIN_PATH=", "ASAN_OPTIONS=",
                                "UBSAN_OPTIONS=",   "TSAN_OPTIONS=",   "LSAN_OPTIONS="};

/// And memory comes in large pages where the machine has any: each worker begins with none, and
/// would else take much of its time to get it 4 KiB by 4 KiB. OpenBLAS, where OpenCV brings it
/// along, starts no threads: they would be missing in the workers.
std::vector<char*> environmentForWorker()
{
    std::vector<char*> kept;
    for (char** variable = environ; *variable; ++variable) {
        if (std::ranges::any_of(kVariables, [&](const char* name) {
                return std::strncmp(*variable, name, std::strlen(name)) == 0;
            }))
            kept.push_back(*variable);
    }
    static char tunables[] = "GLIBC_TUNABLES=glibc.malloc.hugetlb=1";
    static char blas[] = "OPENBLAS_NUM_THREADS=1";
    kept.insert(kept.end(), {tunables, blas});
    kept.push_back(nullptr);
    return kept;
}

std::optional<qint64> numberIn(const char* word)
{
    qint64 number = 0;
    const char* end = word + std::strlen(word);
    const auto [stopped, error] = std::from_chars(word, end, number);
    const bool isNumber = error == std::errc() && stopped == end && number >= 0;
    return isNumber ? std::optional(number) : std::nullopt;
}

/// posix_spawn's instructions, freed at the end.
class FileActions
{
public:
    FileActions() { posix_spawn_file_actions_init(&m_actions); }
    ~FileActions() { posix_spawn_file_actions_destroy(&m_actions); }
    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;

    void keepOnly(int descriptor, int as)
    {
        posix_spawn_file_actions_adddup2(&m_actions, descriptor, as);
        posix_spawn_file_actions_addclosefrom_np(&m_actions, as + 1);
    }
    const posix_spawn_file_actions_t* get() const { return &m_actions; }

private:
    posix_spawn_file_actions_t m_actions;
};

/// A session of its own, so that Ctrl+C in a terminal is the program's affair alone, and signals as
/// they are by default, whatever the program does with its own.
class Attributes
{
public:
    Attributes()
    {
        posix_spawnattr_init(&m_attributes);
        posix_spawnattr_setflags(&m_attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK |
                                                    POSIX_SPAWN_SETSIGDEF);
        sigset_t signals;
        sigemptyset(&signals);
        posix_spawnattr_setsigmask(&m_attributes, &signals);
        sigfillset(&signals);
        posix_spawnattr_setsigdefault(&m_attributes, &signals);
    }
    ~Attributes() { posix_spawnattr_destroy(&m_attributes); }
    Attributes(const Attributes&) = delete;
    Attributes& operator=(const Attributes&) = delete;

    const posix_spawnattr_t* get() const { return &m_attributes; }

private:
    posix_spawnattr_t m_attributes;
};

} // namespace

std::vector<std::string> WorkerArguments::toWords() const
{
    return {std::to_string(patience.count()), std::to_string(memory),
            std::to_string(int(allowsUnconfined))};
}

std::optional<WorkerArguments> WorkerArguments::fromWords(int argc, char** argv)
{
    if (argc != 4)
        return std::nullopt;
    const auto patience = numberIn(argv[1]);
    const auto memory = numberIn(argv[2]);
    const auto allows = numberIn(argv[3]);
    if (!patience || !memory || !allows)
        return std::nullopt;
    return WorkerArguments{std::chrono::milliseconds(*patience), *memory, *allows == 1};
}

Result<pid_t> launch(const WorkerTerms& terms, const Channel& line)
{
    std::vector<std::string> words =
        WorkerArguments{terms.patience, kHasShadowMemory ? 0 : terms.memory, terms.allowsUnconfined}
            .toWords();
    words.insert(words.begin(), QFile::encodeName(terms.program).toStdString());
    std::vector<char*> argv;
    for (std::string& word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    FileActions actions;
    actions.keepOnly(line.number(), kWorkerEnd);
    const Attributes attributes;
    pid_t process = 0;
    const int code = ::posix_spawn(&process, argv.front(), actions.get(), attributes.get(),
                                   argv.data(), environmentForWorker().data());
    if (code != 0)
        return failure(ErrorKind::DecoderMissing, QString::fromLocal8Bit(std::strerror(code)));
    return process;
}

} // namespace vitrine::decoding
