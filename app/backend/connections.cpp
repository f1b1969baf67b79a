// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/connections.h"

namespace vitrine::backend {

Result<std::unique_ptr<Connections>>
Connections::open(const QString& path, std::span<const storage::Migration> migrations)
{
    auto writer = storage::Database::open(path, migrations);
    if (!writer)
        return failure(writer.error());
    // What was deleted shall be gone from the file, too.
    auto secured = storage::Database::guarded([&]() -> Result<void> {
        writer->connection().exec("PRAGMA secure_delete = ON");
        return {};
    });
    if (!secured)
        return failure(secured.error());
    return std::unique_ptr<Connections>(new Connections(path, migrations, *std::move(writer)));
}

Connections::Connections(QString path, std::span<const storage::Migration> migrations,
                         storage::Database writer)
    : m_path(std::move(path)), m_migrations(migrations), m_writer(std::move(writer))
{}

Result<Connections::Reader> Connections::borrow()
{
    {
        const std::scoped_lock lock(m_lending);
        if (!m_readers.empty()) {
            Reader reader = std::move(m_readers.back());
            m_readers.pop_back();
            return reader;
        }
    }
    auto opened = storage::Database::open(m_path, m_migrations);
    if (!opened)
        return failure(opened.error());
    return std::make_unique<storage::Database>(*std::move(opened));
}

void Connections::giveBack(Reader reader)
{
    const std::scoped_lock lock(m_lending);
    m_readers.push_back(std::move(reader));
}

} // namespace vitrine::backend
