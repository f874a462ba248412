namespace NetGen.Tests.Keras;

/// <summary>Two directions as the importer writes them where they cannot be one layer, with the code that is emitted.</summary>
public sealed class KerasDirectionTests
{
    /// <summary>Of sequences of any lengths: their masks go on as those of the one layer do.</summary>
    [Fact]
    public void A_layer_for_each_direction_is_the_layer_with_both()
    {
        OneLayerBothWays one = new(1);
        LayerForEachWay each = new(2);
        foreach (ParameterInfo parameter in each.Parameters)
        {
            each.SetWeights(parameter.Name, one.GetWeights(parameter.Name.Replace("both_", "both/", StringComparison.Ordinal)));
        }

        Random random = new(3);
        int[] lengths = [7, 1, 4, 5, 2];
        float[] x = [.. Enumerable.Range(0, 5 * 7 * 3).Select(_ => (float)random.NextDouble() - 0.5f)];
        float[] expected = new float[5 * 4], y = new float[5 * 4];
        one.Predict(x, lengths, expected);
        each.Predict(x, lengths, y);
        Assert.All(expected.Zip(y), p => Assert.Equal(p.First, p.Second, 1e-6f));
        Assert.Equal(20, expected.Distinct().Count());
    }
}

[Network(Training = false)]
[Input(Dim.Any, 3), LSTM(5, ReturnSequences = true, RecurrentActivation = Activation.HardSigmoid, Bidirectional = Merge.Sum, Name = "both"), GRU(4, Name = "end")]
internal partial class OneLayerBothWays;

[Network(Training = false)]
[Input(Dim.Any, 3, Name = "x"), LSTM(5, ReturnSequences = true, RecurrentActivation = Activation.HardSigmoid, ZeroOutputForMask = true, Name = "both_forward")]
[Ops.LSTM(5, ReturnSequences = true, Direction = RnnDirection.Reverse, Activations = new[] { "HardSigmoid", "Tanh", "Tanh" }, ActivationAlpha = new double[] { 0.16666666666666666 }, ActivationBeta = new double[] { 0.5 }, From = "x", Name = "both_backward")]
[Add("both_forward", "both_backward"), GRU(4, Name = "end")]
internal partial class LayerForEachWay;
