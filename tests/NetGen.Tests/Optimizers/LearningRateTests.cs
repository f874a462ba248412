namespace NetGen.Tests;

public sealed class LearningRateTests
{
    [Fact]
    public void Numbers_and_schedules_convert()
    {
        Schedule schedule = new CosineDecay(0.1, 10);
        Assert.Equal(0.5, new SGD(0.5).LearningRate.At(99));
        Assert.Equal(0.5, new SGD(0.5f).LearningRate.At(99));
        Assert.Equal(1, new SGD(1).LearningRate.At(99));
        Assert.Same(schedule, new SGD(schedule).LearningRate.Schedule);
        Assert.Equal(0.05, new SGD(new CosineDecay(0.1, 10)) { Momentum = 0.9 }.LearningRate.At(5), 1e-12);
        Assert.Throws<ArgumentNullException>(() => new SGD((Schedule)null!));
    }

    [Fact]
    public void Text_is_the_number_or_the_name() =>
        Assert.Equal(("0.001", "CosineDecay"), (new Adam().LearningRate.ToString(), new Adam(new CosineDecay(0.1, 10)).LearningRate.ToString()));
}
