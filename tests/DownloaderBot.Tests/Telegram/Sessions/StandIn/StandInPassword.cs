using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using TL;

namespace DownloaderBot.Tests.Telegram.Sessions.StandIn;

/// <summary>An account's password and the server's side of its check (SRP), which never sees the password itself.</summary>
internal sealed class StandInPassword
{
    private const int Iterations = 100_000;
    private const long SrpId = 77;

    private static readonly byte[] Prime = BigNumbers.Write(BigNumbers.Prime);
    private static readonly byte[] Generator = BigNumbers.Write(BigNumbers.Generator);

    private readonly byte[] _salt1 = RandomNumberGenerator.GetBytes(40);
    private readonly byte[] _salt2 = RandomNumberGenerator.GetBytes(16);
    private readonly BigInteger _secret = BigNumbers.Read(RandomNumberGenerator.GetBytes(256));
    private readonly BigInteger _verifier;
    private readonly BigInteger _offer;

    public StandInPassword(string password)
    {
        var inner = Salted(_salt2, Salted(_salt1, Encoding.UTF8.GetBytes(password)));
        var slow = Rfc2898DeriveBytes.Pbkdf2(inner, _salt1, Iterations, HashAlgorithmName.SHA512, 64);
        _verifier = Power(BigNumbers.Generator, BigNumbers.Read(Salted(_salt2, slow)));
        var k = BigNumbers.Read(SHA256.HashData([.. Prime, .. Generator]));
        _offer = (k * _verifier + Power(BigNumbers.Generator, _secret)) % BigNumbers.Prime;
    }

    /// <summary>What its owner wrote down to be reminded of it; nobody's business.</summary>
    public const string Hint = "canary-hint";

    public Account_Password Describe() => new()
    {
        flags = Account_Password.Flags.has_password | Account_Password.Flags.has_hint,
        current_algo = Algorithm(),
        srp_B = BigNumbers.Write(_offer),
        srp_id = SrpId,
        hint = Hint,
        new_algo = Algorithm(),
        new_secure_algo = new SecurePasswordKdfAlgoSHA512 { salt = _salt1 },
        secure_random = _salt2,
    };

    public bool Fits(InputCheckPasswordSRP proof)
    {
        var offer = BigNumbers.Write(_offer);
        var u = BigNumbers.Read(SHA256.HashData([.. proof.A, .. offer]));
        var shared = Power(BigNumbers.Read(proof.A) * Power(_verifier, u) % BigNumbers.Prime, _secret);
        var mixed = SHA256.HashData(Prime);
        var generatorHash = SHA256.HashData(Generator);
        for (var i = 0; i < mixed.Length; i++)
        {
            mixed[i] ^= generatorHash[i];
        }

        byte[] expected = SHA256.HashData(
        [
            .. mixed, .. SHA256.HashData(_salt1), .. SHA256.HashData(_salt2), .. proof.A, .. offer,
            .. SHA256.HashData(BigNumbers.Write(shared)),
        ]);
        return proof.srp_id == SrpId && proof.M1.AsSpan().SequenceEqual(expected);
    }

    private PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow Algorithm() =>
        new() { salt1 = _salt1, salt2 = _salt2, g = BigNumbers.Generator, p = Prime };

    private static byte[] Salted(byte[] salt, byte[] data) => SHA256.HashData([.. salt, .. data, .. salt]);

    private static BigInteger Power(BigInteger number, BigInteger exponent) => BigInteger.ModPow(number, exponent, BigNumbers.Prime);
}
