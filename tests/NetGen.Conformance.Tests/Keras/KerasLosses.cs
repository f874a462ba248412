namespace NetGen.Conformance.Tests.Keras;

/// <summary>Makes losses from the configurations of the cases.</summary>
internal static class KerasLosses
{
    public static Loss Create(KerasCase c)
    {
        KerasArguments a = new(c);
        LossReduction reduction = a.Enum("reduction", LossReduction.SumOverBatchSize, LossReduction.None);
        return c.Class switch
        {
            "MeanSquaredError" => a.Done(Loss.MeanSquaredError(reduction)),
            "MeanAbsoluteError" => a.Done(Loss.MeanAbsoluteError(reduction)),
            "Huber" => a.Done(Loss.Huber(a.Double("delta", 1), reduction)),
            "BinaryCrossentropy" => a.Done(
                Loss.BinaryCrossentropy(a.Bool("from_logits"), a.Double("label_smoothing", 0), a.Int("axis") ?? -1, reduction)),
            "CategoricalCrossentropy" => a.Done(
                Loss.CategoricalCrossentropy(a.Bool("from_logits"), a.Double("label_smoothing", 0), a.Int("axis") ?? -1, reduction)),
            "SparseCategoricalCrossentropy" => a.Done(
                Loss.SparseCategoricalCrossentropy(a.Bool("from_logits"), a.Int("ignore_class"), reduction)),
            "KLDivergence" => a.Done(Loss.KLDivergence(reduction)),
            _ => throw new NotCoveredException($"{c.Class} is no loss of the library yet"),
        };
    }
}
