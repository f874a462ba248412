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
}
