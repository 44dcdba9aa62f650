using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using TL;

namespace DownloaderBot.Tests.Telegram.Sessions.StandIn;

/// <summary>The server's RSA key, which the client must have been told of; made once per test run.</summary>
internal sealed class ServerKey
{
    private readonly BigInteger _modulus;
    private readonly BigInteger _privateExponent;

    private ServerKey()
    {
        using var rsa = RSA.Create(2048);
        var parameters = rsa.ExportParameters(includePrivateParameters: true);
        Pem = rsa.ExportRSAPublicKeyPem();
        _modulus = BigNumbers.Read(parameters.Modulus);
        _privateExponent = BigNumbers.Read(parameters.D);
        var bare = new RSAPublicKey { n = parameters.Modulus, e = parameters.Exponent }.ToBytes();
        Fingerprint = BinaryPrimitives.ReadInt64LittleEndian(Sha1.Hash(bare.AsSpan(sizeof(int))).AsSpan(12));
    }

    public static ServerKey Instance { get; } = new();

    public string Pem { get; }

    public long Fingerprint { get; }

    /// <summary>Undoes RSA_PAD of the MTProto description: the object that the client enciphered for this key alone.</summary>
    public PQInnerDataDc Decrypt(byte[] encrypted)
    {
        var plain = BigNumbers.Write(BigInteger.ModPow(BigNumbers.Read(encrypted), _privateExponent, _modulus));
        var padded = plain[32..];
        var hash = SHA256.HashData(padded);
        var key = plain[..32];
        for (var i = 0; i < key.Length; i++)
        {
            key[i] ^= hash[i];
        }

        var content = WTelegram.Encryption.AES_IGE_EncryptDecrypt(padded, key, new byte[32], encrypt: false);
        Array.Reverse(content, 0, 192);
        if (!SHA256.HashData([.. key, .. content[..192]]).AsSpan().SequenceEqual(content.AsSpan(192)))
        {
            throw new InvalidDataException("RSA_PAD: the hash does not fit");
        }

        using var reader = new BinaryReader(new MemoryStream(content));
        return (PQInnerDataDc)reader.ReadTLObject();
    }
}
