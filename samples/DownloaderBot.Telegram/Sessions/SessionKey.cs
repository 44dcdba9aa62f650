using System.Security.Cryptography;
using System.Text;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>The keys derived from <see cref="TelegramSessionOptions.SessionKey"/>; one for each use, without a text form.</summary>
internal sealed class SessionKey(TelegramSessionOptions options)
{
    public const int IdBytes = 8;

    /// <summary>Identifies the key that a file was encrypted with, and reveals nothing about the key.</summary>
    public byte[] Id { get; } = Derive(options, "id", IdBytes);

    /// <summary>The key for the session files.</summary>
    public byte[] ForFiles { get; } = Derive(options, "files", 32);

    /// <summary>The key for the library, which encrypts the data it saves. Without this key it would use the API hash.</summary>
    public string ForLibrary { get; } = Convert.ToHexString(Derive(options, "library", 32));

    private static byte[] Derive(TelegramSessionOptions options, string purpose, int bytes) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, options.SessionKey, bytes, info: Encoding.UTF8.GetBytes($"DownloaderBot Telegram session {purpose}"));
}
