using System.Text;
using DownloaderBot.Telegram.Sessions;
using DownloaderBot.Tests.Support;
using DownloaderBot.Tests.Telegram.Sessions.StandIn;

namespace DownloaderBot.Tests.Telegram.Sessions;

public sealed class SessionVaultTests : IDisposable
{
    private static readonly byte[] Session = Encoding.UTF8.GetBytes("canary-session, all that it takes to be somebody on Telegram");

    private readonly TempFolder _folder = new();
    private readonly SessionVault _vault;

    public SessionVaultTests() => _vault = VaultWith(StandInOptions.SessionKey);

    [Fact]
    public void What_was_written_is_read_again()
    {
        _vault.Write(1, Session);
        _vault.Write(2, [1, 2, 3]);

        VaultWith(StandInOptions.SessionKey).Read(1).Should().Equal(Session);
        _vault.Read(2).Should().Equal(1, 2, 3);
        _vault.Read(3).Should().BeNull();
        _vault.Has(1).Should().BeTrue();
        _vault.Has(3).Should().BeFalse();
    }

    [Fact]
    public void Folder_and_files_are_their_owners_alone()
    {
        Directory.CreateDirectory(_vault.Folder);
        _vault.Open();
        _vault.Write(1, Session);

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(_vault.Folder).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            File.GetUnixFileMode(FileOf(1)).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void Nothing_of_the_session_is_readable_and_no_two_writes_look_alike()
    {
        _vault.Write(1, Session);
        var first = File.ReadAllBytes(FileOf(1));
        _vault.Write(1, Session);
        var second = File.ReadAllBytes(FileOf(1));

        Encoding.Latin1.GetString(first).Should().NotContain("canary");
        first[^Session.Length..].Should().NotEqual(second[^Session.Length..]);
    }

    [Fact]
    public void A_write_that_was_killed_half_way_leaves_the_session_before_it()
    {
        _vault.Write(1, Session);
        File.WriteAllBytes(FileOf(1) + ".new", [1, 2, 3]);

        var next = VaultWith(StandInOptions.SessionKey);
        next.Open();

        next.Read(1).Should().Equal(Session);
        next.Write(1, [4]);
        next.Read(1).Should().Equal(4);
        Directory.GetFiles(next.Folder).Should().ContainSingle();
    }

    [Fact]
    public void A_wrong_key_is_told_from_damage()
    {
        _vault.Write(1, Session);
        var other = VaultWith(new byte[TelegramSessionOptions.SessionKeyBytes]);

        other.Invoking(v => v.Read(1)).Should().Throw<WrongSessionKeyException>();
        other.Invoking(v => v.Open()).Should().Throw<WrongSessionKeyException>();
        _vault.Read(1).Should().Equal(Session);
    }

    [Fact]
    public void Damage_anywhere_is_found_and_does_not_pass_for_a_wrong_key()
    {
        _vault.Write(1, Session);
        var whole = File.ReadAllBytes(FileOf(1));
        for (var at = 0; at < whole.Length; at++)
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 0x10;
            File.WriteAllBytes(FileOf(1), damaged);

            _vault.Invoking(v => v.Read(1)).Should().Throw<InvalidDataException>("byte {0} is another", at);
            _vault.Open();
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(60)]
    public void A_file_that_was_cut_off_is_damaged(int left)
    {
        _vault.Write(1, Session);
        File.WriteAllBytes(FileOf(1), File.ReadAllBytes(FileOf(1))[..left]);

        _vault.Invoking(v => v.Read(1)).Should().Throw<InvalidDataException>();
        _vault.Open();
    }

    [Fact]
    public void A_file_of_one_user_does_not_pass_for_anothers()
    {
        _vault.Write(1, Session);
        File.Copy(FileOf(1), FileOf(2));

        _vault.Invoking(v => v.Read(2)).Should().Throw<InvalidDataException>();
    }

    [Fact]
    public void Deleting_leaves_nothing_and_may_be_done_twice()
    {
        _vault.Write(1, Session);
        File.WriteAllBytes(FileOf(1) + ".new", [1]);

        _vault.Delete(1);
        _vault.Delete(1);

        Directory.GetFiles(_vault.Folder).Should().BeEmpty();
    }

    public void Dispose() => _folder.Dispose();

    private string FileOf(long userId) => Path.Combine(_vault.Folder, $"{userId}.session");

    private SessionVault VaultWith(byte[] key) => new(new(), new TestEnvironment(_folder.Path), new(new()
    {
        ApiId = 1,
        ApiHash = StandInOptions.ApiHash,
        SessionKey = key,
    }));
}
