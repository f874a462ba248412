namespace NetGen;

/// <summary>How the losses of the rows become one number (Keras 3, <c>keras.losses.Loss</c>).</summary>
public enum LossReduction
{
    /// <summary>The weighted sum, divided by the number of rows; with a mask, by the number of rows that it keeps. Weights do not enter
    /// the count.</summary>
    SumOverBatchSize,

    /// <summary>The weighted sum.</summary>
    Sum,

    /// <summary>No reduction: <see cref="Loss.EvaluateRows"/> gives the weighted loss of each row. Where one number is asked for, and for
    /// the gradient, it is the sum, as automatic differentiation of a vector has it.</summary>
    None,

    /// <summary>Another name of <see cref="SumOverBatchSize"/>.</summary>
    Mean,

    /// <summary>The weighted sum, divided by the sum of the weights over all rows.</summary>
    MeanWithSampleWeight,
}
