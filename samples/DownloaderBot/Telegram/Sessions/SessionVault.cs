using System.Globalization;
using DownloaderBot.Storage;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>
/// The users' sessions on the disk, one encrypted file each, below the data folder. A file holds all that it takes to be that
/// user on Telegram. A write is whole or has not happened. Thread-safe for different users.
/// </summary>
internal sealed class SessionVault(BotOptions options, IHostEnvironment environment, SessionKey key)
{
    private const string Extension = ".session";

    public string Folder { get; } = Path.Combine(options.DataPath(environment), "telegram");

    /// <summary>Makes the folder, and finds out whether the key fits what is in it.</summary>
    /// <exception cref="WrongSessionKeyException">There are sessions of another key.</exception>
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

    /// <summary>The user's session; null where there is none.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="WrongSessionKeyException">It was encrypted with another key.</exception>
    public byte[]? Read(long userId)
    {
        try
        {
            return SealedSession.Open(key, userId, File.ReadAllBytes(PathOf(userId)));
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
            file.Write(SealedSession.Seal(key, userId, session));
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }

    public void Delete(long userId)
    {
        var path = PathOf(userId);
        foreach (var file in new[] { path, path + ".new" })
        {
            // Of a file that is not there it thinks nothing, of a folder that is not there it does.
            if (File.Exists(file))
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>Keeps a file that is of no use now under another name, for whoever wants to look into it.</summary>
    public void SetAside(long userId) => File.Move(PathOf(userId), PathOf(userId) + ".aside", overwrite: true);

    private bool IsForeign(string file)
    {
        try
        {
            return !SealedSession.HasKey(key, File.ReadAllBytes(file));
        }
        catch (InvalidDataException)
        {
            // A damaged file is its user's trouble, when it is used; not the whole bot's.
            return false;
        }
    }

    private string PathOf(long userId) => Path.Combine(Folder, userId.ToString(CultureInfo.InvariantCulture) + Extension);
}
