using MemoryWatch.Track;

namespace MemoryWatch.Tests.Track;

public sealed class KindNameTests
{
    [Theory]
    [InlineData("UserSession", "UserSession")]
    [InlineData("UserSession 123", "UserSession")]
    [InlineData("UserSession-123", "UserSession")]
    [InlineData("UserSession #123", "UserSession")]
    [InlineData("UserSession (123)", "UserSession")]
    [InlineData("Session of 5 users", "Session of users")]
    [InlineData("Http2Connection", "Http2Connection")]
    [InlineData("Session 4f2c71aa", "Session")]
    [InlineData("123", "123")]
    [InlineData("", "")]
    public void Numbers_do_not_make_another_kind(string name, string kind) => KindName.Of(name).Should().Be(kind);
}
