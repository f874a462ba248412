namespace NetGen.Conformance.Tests.Keras;

public sealed class LossCasesTests
{
    [Fact]
    public void Losses() => CaseTable.Check("loss", c =>
    {
        if (c.Class == "circle") return KerasLosses.Circle(c);
        Loss loss = KerasLosses.Create(c);
        LossInput input = new OutputBatch(c.Ops[^1], reducesLastAxis: true).ToInput();
        if (loss.Reduction != LossReduction.None) return KerasArray.FromScalar(loss.Evaluate(input));
        float[] rows = new float[loss.CountRows(input)];
        loss.EvaluateRows(input, rows);
        return KerasArray.FromFloats(rows, loss.SharesSamples ? [] : [input.Batch, .. loss.RowShape(input)]);
    });
}
