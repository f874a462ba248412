namespace NetGen.Package.Tests;

/// <summary>What is clearly wrong is refused, and what another code path may write is not.</summary>
public sealed class ShownOutputTests
{
    [Theory]
    [InlineData("loss: 0.0139 - accuracy: 0.9944", "loss: 0.0139 - accuracy: 0.9944")]
    [InlineData("loss: 0.0139 - accuracy: 0.9944", "loss: 0.0140 - accuracy: 0.9889")]
    [InlineData("off by 514.0 thousand", "off by 514.1 thousand")]
    [InlineData("loss: 9.6347e-04", "loss: 9.6348e-04")]
    [InlineData("0.97 of the targets", "0.98 of the targets")]
    [InlineData("Epoch 1/20 - 0.1 s, 9.4 ms/step - loss: 0.0433", "Epoch 1/20 - 12.3 s, 800 us/step - loss: 0.0433")]
    [InlineData("a   (n, 4)     68", "a (n, 4) 68")]
    [InlineData("a\n...\nd", "a\nb\nc\nd")]
    [InlineData("b\nc", "a\nb\n\nc\nd")]
    public void Agrees(string shown, string written) => Assert.Null(ShownOutput.Difference([shown], written));

    [Theory]
    [InlineData("loss: 0.01", "loss: 0.06")]
    [InlineData("loss: 0.01", "loss: 0.02")]
    [InlineData("loss: 0.00", "loss: 0.01")]
    [InlineData("loss: 0.0139", "loss: 0.0142")]
    [InlineData("loss: 0.0433", "loss: 0.0440")]
    [InlineData("loss: 9.6347e-04", "loss: 9.7400e-04")]
    [InlineData("loss: 9.6347e-04", "loss: 9.6347e-03")]
    [InlineData("loss: 0.0010", "loss: 9.6347e-04")]
    [InlineData("accuracy: 0.9944", "accuracy: 0.9833")]
    [InlineData("accuracy: 0.99", "accuracy: 0.97")]
    [InlineData("accuracy: 1.0000", "accuracy: -1.0000")]
    [InlineData("off by 7.4", "off by 7.6")]
    [InlineData("off by 7.4", "off by 7.42")]
    [InlineData("30 steps", "31 steps")]
    [InlineData("30 steps", "30.0 steps")]
    [InlineData("(n, 4)", "(n, 5)")]
    [InlineData("Epoch 1/20 - 0.1 s - loss: 0.0433", "Epoch 2/20 - 0.1 s - loss: 0.0433")]
    [InlineData("a frame", "a diamond")]
    [InlineData("a\nc", "a\nb\nc")]
    [InlineData("b\na", "a\nb")]
    [InlineData("a\nb", "a")]
    public void IsRefused(string shown, string written) => Assert.NotNull(ShownOutput.Difference([shown], written));

    /// <summary>Between two fences a program may write what the page does not show, but no fence is passed over or comes earlier.</summary>
    [Fact]
    public void FencesAreInOrder()
    {
        Assert.Null(ShownOutput.Difference(["a", "c"], "a\nb\nc"));
        Assert.NotNull(ShownOutput.Difference(["c", "a"], "a\nb\nc"));
        Assert.NotNull(ShownOutput.Difference(["a", "a"], "a\nb\nc"));
    }
}
