using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Tests;

public sealed class PrecisionTests
{
    /// <summary>What a user writes on the class decides which forms of Winograd's filtering its kernels take, forwards and backwards.</summary>
    [Theory]
    [InlineData("Network", true)]
    [InlineData("Network(Precision = KernelPrecision.Fast)", true)]
    [InlineData("Network(Precision = KernelPrecision.High)", false)]
    public void The_attribute_forbids_what_rounds_more(string network, bool isFast)
    {
        CSharpCompilation app = TestSource.Compile($"using NetGen;\n[{network}, Input(12, 12, 32), Conv2D(32, 3), Conv2D(32, 3)] public partial class Net;");
        FrontendResult read = TestSource.Read(app);
        Assert.Empty(read.Problems);
        string? kernels = Compiler.Kernels(read.Model, new EmitOptions());
        Assert.NotNull(kernels);
        foreach (string transform in new[] { "Winograd.Input", "Winograd.Filter", "Winograd.FilterGradient" })
        {
            Assert.Equal(isFast, kernels.Contains(transform + "4x3(", StringComparison.Ordinal));
        }

        Assert.Equal(!isFast, kernels.Contains("Winograd.FilterGradient2x3(", StringComparison.Ordinal));
    }
}
