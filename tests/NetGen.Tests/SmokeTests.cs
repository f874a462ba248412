namespace NetGen.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void Runs() => Assert.True(System.Environment.Version.Major >= 10);
}
