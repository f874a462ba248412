namespace NetGen.Package.Tests;

/// <summary>The analyzer travels in the package.</summary>
public sealed class DiagnosticTests(PackedPackage package)
{
    [Fact]
    public async Task AWrongShapeFailsTheBuildOnItsArgument()
    {
        using Consumer consumer = Consumer.FromProgram(package, "Misshapen.cs");
        (int exitCode, string output) = await consumer.TryMake("debug", "build");
        Assert.NotEqual(0, exitCode);
        string line = output.Split('\n').First(l => l.Contains("error", StringComparison.Ordinal));
        Assert.Matches(@"Program\.cs\(8,\d+\): error NG0011: .*6.*4.*2", line);
        Assert.DoesNotContain("error CS", output, StringComparison.Ordinal);
    }

    /// <summary>The compiler looks at networks once it could read all files: until then a network with an error seems to have none, as the page of diagnostics says.</summary>
    [Theory]
    [InlineData("internal static class Other { public static int One = 1 }", "CS1002", false)]
    [InlineData("internal sealed class Other : NoSuchType;", "CS0246", false)]
    [InlineData("internal static class Other { public static int One() => NoSuchName; }", "CS0103", true)]
    public async Task ErrorsOfOtherCodeMayHideIt(string other, string error, bool isShown)
    {
        using Consumer consumer = Consumer.FromText(package, Consumer.Resource("Misshapen.cs") + other);
        (int exitCode, string output) = await consumer.TryMake("debug", "build");
        Assert.NotEqual(0, exitCode);
        Assert.Contains($"error {error}", output, StringComparison.Ordinal);
        Assert.True(output.Contains("error NG0011", StringComparison.Ordinal) == isShown, output);
    }
}
