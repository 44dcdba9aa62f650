using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>
/// The file format of a session: the id of its key, then AES-256-GCM. The header has a separate checksum, which distinguishes a wrong key from a
/// damaged file. The user's number is authenticated too, so a file cannot pass for another user's.
/// </summary>
internal static class SealedSession
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int ChecksumBytes = 8;
    private const int ChecksumAt = 4 + SessionKey.IdBytes + NonceBytes;
    private const int HeaderBytes = ChecksumAt + ChecksumBytes;

    private static readonly byte[] Mark = "MWS1"u8.ToArray();

    public static byte[] Seal(SessionKey key, long userId, ReadOnlySpan<byte> session)
    {
        var file = new byte[HeaderBytes + session.Length + TagBytes];
        Mark.CopyTo(file, 0);
        key.Id.CopyTo(file, 4);
        var nonce = file.AsSpan(4 + SessionKey.IdBytes, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        Checksum(file).CopyTo(file.AsSpan(ChecksumAt));
        using var aes = new AesGcm(key.ForFiles, TagBytes);
        aes.Encrypt(nonce, session, file.AsSpan(HeaderBytes, session.Length), file.AsSpan(HeaderBytes + session.Length), Owner(file, userId));
        return file;
    }

    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="WrongSessionKeyException">The file is intact but was encrypted with another key.</exception>
    public static byte[] Open(SessionKey key, long userId, byte[] file)
    {
        if (!HasKey(key, file))
        {
            throw new WrongSessionKeyException();
        }

        var session = new byte[file.Length - HeaderBytes - TagBytes];
        try
        {
            using var aes = new AesGcm(key.ForFiles, TagBytes);
            aes.Decrypt(
                file.AsSpan(4 + SessionKey.IdBytes, NonceBytes), file.AsSpan(HeaderBytes, session.Length), file.AsSpan(^TagBytes..), session,
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
    public static bool HasKey(SessionKey key, ReadOnlySpan<byte> file) =>
        file.Length >= HeaderBytes + TagBytes && file.StartsWith(Mark) && Checksum(file).SequenceEqual(file[ChecksumAt..HeaderBytes])
            ? file[4..].StartsWith(key.Id)
            : throw new InvalidDataException("The session file is damaged.");

    private static ReadOnlySpan<byte> Checksum(ReadOnlySpan<byte> file) => SHA256.HashData(file[..ChecksumAt]).AsSpan(0, ChecksumBytes);

    private static byte[] Owner(byte[] file, long userId)
    {
        var owner = new byte[HeaderBytes + sizeof(long)];
        file.AsSpan(0, HeaderBytes).CopyTo(owner);
        BinaryPrimitives.WriteInt64LittleEndian(owner.AsSpan(HeaderBytes), userId);
        return owner;
    }
}
