using System.Globalization;
using DownloaderBot.Storage;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>
/// The users' sessions on the disk, one encrypted file each, below the data folder. A file contains everything needed to act as that user on
/// Telegram. A write is completed or has no effect. Thread-safe for different users.
/// </summary>
internal sealed class SessionVault(BotOptions options, IHostEnvironment environment, SessionKey key)
{
    private const string Extension = ".session";

    public string Folder { get; } = Path.Combine(options.DataPath(environment), "telegram");

    /// <summary>Creates the folder, and checks whether the key fits the files in it.</summary>
    /// <exception cref="WrongSessionKeyException">There are sessions that another key encrypted.</exception>
    public void Open()
    {
        OwnerOnly.CreateOrClaimFolder(Folder);
        foreach (var file in Directory.EnumerateFiles(Folder, "*" + Extension))
        {
            if (IsForeign(file))
            {
                throw new WrongSessionKeyException();
            }
        }
    }

    public bool Has(long userId) => File.Exists(PathOf(userId));

    /// <summary>Returns the user's session; <see langword="null"/> if there is none.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="WrongSessionKeyException">The file was encrypted with another key.</exception>
    public byte[]? Read(long userId)
    {
        try
        {
            return key.Open(userId, File.ReadAllBytes(PathOf(userId)));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public void Write(long userId, byte[] session)
    {
        OwnerOnly.CreateFolder(Folder);
        var path = PathOf(userId);
        var draft = path + ".new";
        using (var file = OwnerOnly.CreateFile(draft))
        {
            file.Write(key.Seal(userId, session));
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }

    public void Delete(long userId)
    {
        var path = PathOf(userId);
        foreach (var file in new[] { path, path + ".new" })
        {
            // Deleting a missing file does not throw; a missing folder does.
            if (File.Exists(file))
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>Keeps an unusable file under another name for later analysis.</summary>
    public void SetAside(long userId) => File.Move(PathOf(userId), PathOf(userId) + ".aside", overwrite: true);

    private bool IsForeign(string file)
    {
        try
        {
            return !key.HasSealed(File.ReadAllBytes(file));
        }
        catch (InvalidDataException)
        {
            // A damaged file affects only its user, when it is used, not the whole bot.
            return false;
        }
    }

    private string PathOf(long userId) => Path.Combine(Folder, userId.ToString(CultureInfo.InvariantCulture) + Extension);
}

/// <summary>A stored session is intact but was encrypted with another key than the bot's.</summary>
internal sealed class WrongSessionKeyException() : BotException("I cannot read your session just now; my administrator can help.");
