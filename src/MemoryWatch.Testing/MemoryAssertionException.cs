namespace MemoryWatch.Testing;

/// <summary>Thrown if an assertion of this package does not hold. Every test framework reports it as a failed test, with its message.</summary>
/// <example>
/// <code>
/// var failure = Assert.Throws&lt;MemoryAssertionException&gt;(() => MemoryAssert.AllocatesAtMost(0, () => new byte[100]));
/// </code>
/// </example>
public sealed class MemoryAssertionException : Exception
{
    /// <summary>Creates the exception.</summary>
    public MemoryAssertionException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was expected and what was found, with numbers.</param>
    public MemoryAssertionException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was expected and what was found, with numbers.</param>
    /// <param name="innerException">The cause.</param>
    public MemoryAssertionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
