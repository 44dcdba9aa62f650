using DownloaderBot.Storage;
using DownloaderBot.Tests.Support;
using DownloaderBot.Users;
using Microsoft.Data.Sqlite;

namespace DownloaderBot.Tests.Storage;

public sealed class DatabaseTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string DatabaseFile => Path.Combine(_folder.Path, Database.FileName);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_saved_is_there_after_a_restart()
    {
        var user = new UserRecord(5)
        {
            IsLoggedIn = true,
            PremiumUntil = DateTimeOffset.FromUnixTimeSeconds(2_000_000_000),
            LastSeen = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000),
        };
        using (var database = new Database(_folder.Path))
        {
            await new SqliteUserStore(database).SaveAsync(new(5), default);
            await new SqliteUserStore(database).SaveAsync(user, default);
        }

        using var again = new Database(_folder.Path);

        (await new SqliteUserStore(again).FindAsync(5, default)).Should().Be(user);
        (await new SqliteUserStore(again).FindAsync(6, default)).Should().BeNull();
    }

    [Fact]
    public async Task The_bot_knows_its_users_after_a_restart()
    {
        string[] settings = [$"--Bot:DataFolder={_folder.Path}"];
        await using (var bot = await RunningBot.StartAsync(settings))
        {
            await bot.LogInAsync(bot.User(1));
        }

        await using var restarted = await RunningBot.StartAsync(settings);

        (await restarted.User(1).AskAsync("/login", TestTime.Limit)).Should().Contain("already");
    }

    [Fact]
    public void It_writes_ahead_and_syncs_every_write()
    {
        using var database = new Database(_folder.Path);

        database.Use(c => c.Read<string>("PRAGMA journal_mode")).Should().Be("wal");
        database.Use(c => c.Read<long>("PRAGMA synchronous")).Should().Be(2, "that is FULL");
        database.Use(c => c.Read<long>("PRAGMA user_version")).Should().Be(Schema.Steps.Count);
    }

    [Fact]
    public void Steps_are_taken_in_order_and_each_only_once()
    {
        using var connection = Open();
        string[] steps = ["CREATE TABLE a (x)", "INSERT INTO a VALUES (1)", "INSERT INTO a SELECT count(*) + 10 FROM a"];
        Schema.Upgrade(connection, steps[..1]);

        Schema.Upgrade(connection, steps);
        Schema.Upgrade(connection, steps);

        connection.Read<string>("SELECT group_concat(x) FROM a").Should().Be("1,11");
        connection.Read<long>("PRAGMA user_version").Should().Be(3);
    }

    [Fact]
    public void A_step_that_fails_leaves_the_file_at_the_version_it_had()
    {
        using var connection = Open();
        Schema.Upgrade(connection, ["CREATE TABLE a (x)"]);

        var upgrade = () => Schema.Upgrade(connection, ["CREATE TABLE a (x)", "INSERT INTO a VALUES (1)", "nonsense"]);

        upgrade.Should().Throw<SqliteException>();
        connection.Read<long>("PRAGMA user_version").Should().Be(1);
        connection.Read<long>("SELECT count(*) FROM a").Should().Be(0);
    }

    [Fact]
    public void A_file_of_a_newer_program_is_left_alone()
    {
        using (var connection = Open())
        {
            connection.Run("PRAGMA user_version = 99");
        }

        Opening().Should().Throw<DatabaseException>().WithMessage(
            $"{DatabaseFile} was written by a newer program: its schema has version 99, and this one knows up to {Schema.Steps.Count}. "
            + "Start the newer program*");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8192)]
    public async Task A_damaged_file_is_left_in_place_byte_for_byte(int damagedFrom)
    {
        using (var database = new Database(_folder.Path))
        {
            for (var id = 1; id <= 2000; id++)
            {
                await new SqliteUserStore(database).SaveAsync(new(id), default);
            }
        }

        var bytes = await File.ReadAllBytesAsync(DatabaseFile);
        bytes.AsSpan(damagedFrom, 4096).Fill(0xA5);
        await File.WriteAllBytesAsync(DatabaseFile, bytes);

        Opening().Should().Throw<DatabaseException>().WithMessage($"{DatabaseFile} is damaged or not a database. It was left as it is: move it away*");

        (await File.ReadAllBytesAsync(DatabaseFile)).Should().Equal(bytes);
    }

    [Fact]
    public void Somebody_elses_database_is_left_alone()
    {
        using (var connection = Open())
        {
            connection.Run("CREATE TABLE users (name TEXT)");
        }

        Opening().Should().Throw<DatabaseException>().WithMessage($"{DatabaseFile} cannot be used as the bot's database; it was left as it is.*");
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_named_with_what_to_do()
    {
        // Read-only for root too, which the tests may run as.
        var open = () => new Database("/proc/memorywatch/data");

        open.Should().Throw<DatabaseException>().WithMessage("/proc/memorywatch/data/bot.db cannot be written. Give this user the right to*");
    }

    [Fact]
    public void A_file_where_the_folder_should_be_is_named_as_well()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "data"), string.Empty);
        var open = () => new Database(Path.Combine(_folder.Path, "data"));

        open.Should().Throw<DatabaseException>().WithMessage("*cannot be written.*Bot:DataFolder*");
    }

    [Theory]
    [InlineData(5, "is in use by another program")]
    [InlineData(8, "cannot be written")]
    [InlineData(13, "no room on the disk")]
    [InlineData(14, "cannot be written")]
    public void Each_fault_of_SQLite_says_what_to_do(int code, string words) =>
        DatabaseFaults.Explain("bot.db", new SqliteException("fault", code))!.Message.Should().Contain("bot.db").And.Contain(words);

    [Fact]
    public async Task The_program_ends_with_the_sentence_and_an_exit_code()
    {
        await File.WriteAllTextAsync(DatabaseFile, new string('x', 5000));
        using var bot = new BotProcess("--urls", "http://127.0.0.1:0", $"--Bot:DataFolder={_folder.Path}");

        var (exitCode, error) = await bot.ExitAsync();

        exitCode.Should().Be(1);
        error.Should().StartWith($"{DatabaseFile} is damaged or not a database.").And.NotContain("   at ");
    }

    private SqliteConnection Open()
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False");
        connection.Open();
        return connection;
    }

    private Action Opening() => () => new Database(_folder.Path).Dispose();
}
