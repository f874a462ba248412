namespace NetGen.Tests.Training;

/// <summary>Operations beside Keras's layers, as a user writes, trains and saves them.</summary>
public sealed class OpsTests
{
    [Fact]
    public void A_sample_may_be_one_number_and_weights_may_stand_alone()
    {
        Curve model = new(seed: 1);
        Assert.Equal(["slope/value", "offset/value", "scale/value"], model.Parameters.Select(p => p.Name));
        Assert.All(model.Parameters, p => Assert.Equal(0, p.Shape.Length));
        float[] x = [.. Enumerable.Range(0, 40).Select(i => (i - 20) / 10f)];
        Dataset data = Dataset.FromArrays(x, [], [.. x.Select(v => (3 * v) - 2)], []);
        Trainer<Curve> trainer = new(model) { Optimizer = new Adam(0.1), Loss = Loss.MeanSquaredError() };
        trainer.Fit(data, epochs: 100, batchSize: 10);
        Assert.Equal(3, Assert.Single(model.GetWeights("slope/value")), 0.01);
        Assert.Equal(-2, Assert.Single(model.GetWeights("offset/value")), 0.01);
        Assert.Equal(1, Assert.Single(model.GetWeights("scale/value")));
        float[] y = new float[1];
        model.Predict([4f], y);
        Assert.Equal(10, y[0], 0.05);

        // Frozen, it stays; what is not, goes on.
        model["offset"].Trainable = false;
        float[] offset = model.GetWeights("offset/value"), slope = model.GetWeights("slope/value");
        trainer.Fit(Dataset.FromArrays(x, [], [.. x.Select(v => v + 1)], []), epochs: 2, batchSize: 10);
        Assert.Equal(offset, model.GetWeights("offset/value"));
        Assert.NotEqual(slope, model.GetWeights("slope/value"));
    }

    [Fact]
    public void Weights_that_stand_alone_are_saved_and_loaded()
    {
        using TemporaryFolder folder = new();
        Curve model = new(seed: 1);
        model.SetWeights("slope/value", [7f]);
        model.SetWeights("scale/value", [0.25f]);
        model.Save(folder["curve.safetensors"]);
        Curve other = new(seed: 2);
        other.LoadWeights(folder["curve.safetensors"]);
        Assert.Equal([7f], other.GetWeights("slope/value"));
        float[] y = new float[1];
        Curve.Load(folder["curve.safetensors"]).Predict([2f], y);
        Assert.Equal([3.5f], y);
    }
}
