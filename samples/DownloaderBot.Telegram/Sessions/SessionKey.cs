using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>
/// The keys derived from <see cref="TelegramSessionOptions.SessionKey"/>, one for each use, without a text form; and the file format of a session
/// that they encrypt: the id of the key, then AES-256-GCM. The header has a separate checksum, which distinguishes a wrong key from a damaged
/// file. The user's number is authenticated too, so a file cannot pass for another user's.
/// </summary>
internal sealed class SessionKey(TelegramSessionOptions options)
{
    private const int IdBytes = 8;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int ChecksumBytes = 8;
    private const int ChecksumAt = 4 + IdBytes + NonceBytes;
    private const int HeaderBytes = ChecksumAt + ChecksumBytes;

    private static readonly byte[] Mark = "MWS1"u8.ToArray();

    /// <summary>Identifies the key that a file was encrypted with, and reveals nothing about the key.</summary>
    private readonly byte[] _id = Derive(options, "id", IdBytes);

    /// <summary>The key for the session files.</summary>
    public byte[] ForFiles { get; } = Derive(options, "files", 32);

    /// <summary>The key for the library, which encrypts the data it saves. Without this key it would use the API hash.</summary>
    public string ForLibrary { get; } = Convert.ToHexString(Derive(options, "library", 32));

    public byte[] Seal(long userId, ReadOnlySpan<byte> session)
    {
        var file = new byte[HeaderBytes + session.Length + TagBytes];
        Mark.CopyTo(file, 0);
        _id.CopyTo(file, 4);
        var nonce = file.AsSpan(4 + IdBytes, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        Checksum(file).CopyTo(file.AsSpan(ChecksumAt));
        using var aes = new AesGcm(ForFiles, TagBytes);
        aes.Encrypt(nonce, session, file.AsSpan(HeaderBytes, session.Length), file.AsSpan(HeaderBytes + session.Length), Owner(file, userId));
        return file;
    }

    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="WrongSessionKeyException">The file is intact but was encrypted with another key.</exception>
    public byte[] Open(long userId, byte[] file)
    {
        if (!HasSealed(file))
        {
            throw new WrongSessionKeyException();
        }

        var session = new byte[file.Length - HeaderBytes - TagBytes];
        try
        {
            using var aes = new AesGcm(ForFiles, TagBytes);
            aes.Decrypt(
                file.AsSpan(4 + IdBytes, NonceBytes), file.AsSpan(HeaderBytes, session.Length), file.AsSpan(^TagBytes..), session,
                Owner(file, userId));
        }
        catch (AuthenticationTagMismatchException exception)
        {
            throw new InvalidDataException("The session file is damaged.", exception);
        }

        return session;
    }

    /// <summary>Whether a file was encrypted with this key.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public bool HasSealed(ReadOnlySpan<byte> file) =>
        file.Length >= HeaderBytes + TagBytes && file.StartsWith(Mark) && Checksum(file).SequenceEqual(file[ChecksumAt..HeaderBytes])
            ? file[4..].StartsWith(_id)
            : throw new InvalidDataException("The session file is damaged.");

    private static ReadOnlySpan<byte> Checksum(ReadOnlySpan<byte> file) => SHA256.HashData(file[..ChecksumAt]).AsSpan(0, ChecksumBytes);

    private static byte[] Owner(byte[] file, long userId)
    {
        var owner = new byte[HeaderBytes + sizeof(long)];
        file.AsSpan(0, HeaderBytes).CopyTo(owner);
        BinaryPrimitives.WriteInt64LittleEndian(owner.AsSpan(HeaderBytes), userId);
        return owner;
    }

    private static byte[] Derive(TelegramSessionOptions options, string purpose, int bytes) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, options.SessionKey, bytes, info: Encoding.UTF8.GetBytes($"DownloaderBot Telegram session {purpose}"));
}
