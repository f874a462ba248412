using NetGen.Samples;
using NetGen.Tests.Data;
using NetGen.Tests.Training;
using Curve = NetGen.Samples.Curve;

namespace NetGen.Tests.Samples;

/// <summary>What the sample of transfer learning makes of ten digits, and of the results of its runs.</summary>
public sealed class DigitTaskTests
{
    private static readonly Dataset Digits = DrawnDigits.Draw(60, seed: 3);

    /// <summary>Drawn digits come in turn, so that the sixth of ten is a 5.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Five_digits_are_labelled_from_0_and_keep_their_images(int first)
    {
        Dataset five = DigitTask.Of(Digits, first);
        Assert.Equal(30, five.Count);
        Assert.Equal([28, 28, 1], five.Inputs[0].Shape);
        float[] own = new float[28 * 28], whole = new float[28 * 28], label = new float[1];
        for (int i = 0; i < five.Count; i++)
        {
            five.ReadTarget(i, label);
            Assert.Equal(i % DigitTask.Classes, label[0]);
            five.ReadInput(i, own);
            Digits.ReadInput((i / DigitTask.Classes * 10) + first + (i % DigitTask.Classes), whole);
            Assert.Equal(whole, own);
        }
    }

    [Fact]
    public void Of_each_the_first_ones_are_taken()
    {
        Dataset few = DigitTask.Of(Digits, first: 5, perClass: 2);
        Assert.Equal(2 * DigitTask.Classes, few.Count);
        Assert.Equal(Reading.Inputs(DigitTask.Of(Digits, first: 5), 7)[..(few.Count * 28 * 28)], Reading.Inputs(few, 7));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(null)]
    public void What_is_passed_over_is_not_taken_again(int? perClass)
    {
        float[] all = Reading.Inputs(DigitTask.Of(Digits, first: 5), 30);
        Dataset others = DigitTask.Of(Digits, first: 5, perClass, skip: 2);
        Assert.Equal(DigitTask.Classes * (perClass ?? 4), others.Count);
        Assert.Equal(all[(2 * DigitTask.Classes * 28 * 28)..][..(others.Count * 28 * 28)], Reading.Inputs(others, others.Count));
        Assert.Equal("Of the digit 5 there are 6 images; 7 are needed.", Assert.Throws<InvalidDataException>(() => DigitTask.Of(Digits, first: 5, perClass: 4, skip: 3)).Message);
    }

    [Theory]
    [InlineData(60, 7, "Of the digit 5 there are 6 images; 7 are needed.")]
    [InlineData(8, 1, "Of the digit 8 there are 0 images; 1 are needed.")]
    [InlineData(8, null, "Of the digit 8 there are 0 images; 1 are needed.")]
    public void Too_few_are_told_with_the_digit(int count, int? perClass, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => DigitTask.Of(DrawnDigits.Draw(count, seed: 3), first: 5, perClass)).Message);

    [Fact]
    public void A_curve_is_of_runs_one_behind_the_other()
    {
        Dataset data = ToyData.Blobs(12, 72, 3);
        History first = Run(2), second = Run(3);
        Curve curve = Curve.Of(first, second);
        Assert.Equal([.. first["val_loss"], .. second["val_loss"]], curve.Losses);
        Assert.Equal([.. first["val_accuracy"], .. second["val_accuracy"]], curve.Accuracies);
        Assert.Equal(5, curve.Losses.Count);

        History Run(int epochs) => new Trainer<SplitBase>(new SplitBase(seed: 1))
        {
            Optimizer = new Adam(0.01),
            Loss = Loss.SparseCategoricalCrossentropy(),
            Metrics = [Metric.Accuracy()],
        }.Fit(data, epochs, batchSize: 6, validation: data);
    }
}
