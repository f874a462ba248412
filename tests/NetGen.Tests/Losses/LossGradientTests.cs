using CsCheck;

namespace NetGen.Tests;

/// <summary>Values against a second formulation, gradients against central differences of it, both in double.</summary>
public sealed class LossGradientTests
{
    public static TheoryData<int> Losses => [.. Enumerable.Range(0, LossOracle.All.Count)];

    public static TheoryData<int> FusedLosses => [.. Enumerable.Range(0, LossOracle.Fused.Count)];

    [Theory]
    [MemberData(nameof(Losses))]
    public void Value_and_gradient_by_the_predictions(int index) => RandomBatch.Of(LossOracle.All[index]).Sample(
        batch =>
        {
            Loss loss = batch.Oracle.Create(batch.Reduction);
            float[] gradient = [.. Enumerable.Repeat(float.NaN, batch.Predictions.Length)];
            double value = loss.Evaluate(batch.Input(batch.Predictions), gradient);
            Check(batch, value, gradient);
            Assert.Equal(value, loss.Evaluate(batch.Input(batch.Predictions)));
        },
        iter: 60);

    [Theory]
    [MemberData(nameof(FusedLosses))]
    public void Value_and_gradient_by_the_logits(int index)
    {
        (LossOracle oracle, FinalActivation activation) = LossOracle.Fused[index];
        RandomBatch.Of(oracle).Sample(
            batch =>
            {
                Loss loss = batch.Oracle.Create(batch.Reduction);
                float[] predictions = [.. Enumerable.Range(0, batch.Rows).SelectMany(row => Activate(activation, batch.RowOf(batch.Predictions, row))).Select(p => (float)p)];
                float[] gradient = [.. Enumerable.Repeat(float.NaN, predictions.Length)];
                double value = loss.EvaluateFromLogits(batch.Input(predictions), batch.Predictions, activation, gradient);
                Check(batch, value, gradient);
                Assert.Equal(value, loss.EvaluateFromLogits(batch.Input(predictions), batch.Predictions, activation));
            },
            iter: 60);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Rows_are_weighted_but_not_reduced(int index) => RandomBatch.Of(LossOracle.All[index]).Sample(
        batch =>
        {
            float[] rows = new float[batch.Rows];
            batch.Oracle.Create(batch.Reduction).EvaluateRows(batch.Input(batch.Predictions), rows);
            for (int row = 0; row < rows.Length; row++)
            {
                double expected = batch.WeightOf(row) == 0 ? 0 : batch.WeightOf(row) * batch.RowLoss(row, batch.RowOf(batch.Predictions, row));
                Assert.Equal(expected, rows[row], 2e-6 * Math.Max(1, Math.Abs(expected)));
            }
        },
        iter: 30);

    [Fact]
    public void Every_loss_of_the_table_has_an_oracle()
    {
        Assert.Equal(
            LossTable.Rows.Select(row => row.Name).Order(), LossOracle.All.Select(oracle => oracle.Name).Concat(BatchLossOracle.All.Select(oracle => oracle.Name)).Select(name => name.Split(' ')[0]).Distinct().Order());
        foreach (LossTable.Row row in LossTable.Rows)
        {
            Assert.All(row.Aliases, alias => Assert.Equal(row.Create().Name, LossTable.Find(alias)!.Name));
            IEnumerable<FinalActivation> fused = Enum.GetValues<FinalActivation>().Where(row.Create().Fuses);
            Assert.Equal(fused, LossOracle.Fused.Where(f => f.Oracle.Name == row.Name).Select(f => f.Activation));
        }
    }

    private static double[] Activate(FinalActivation activation, double[] logits) =>
        activation == FinalActivation.Softmax ? LossOracle.Softmax(logits) : LossOracle.Sigmoid(logits);

    private static void Check(RandomBatch batch, double value, float[] gradient)
    {
        double expected = batch.Value();
        Assert.Equal(expected, value, 1e-6 * Math.Max(1, Math.Abs(expected)));
        for (int row = 0; row < batch.Rows; row++)
        {
            for (int i = 0; i < batch.Size; i++)
            {
                double derivative = batch.Derivative(row, i);
                Assert.Equal(derivative, gradient[(row * batch.Size) + i], 1e-6 * Math.Max(batch.TermSize(row, i), Math.Abs(derivative)));
            }
        }
    }
}
