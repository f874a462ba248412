using System.Reflection;
using System.Runtime.ExceptionServices;
using NetGen.Conformance.Tests.Keras;

namespace NetGen.Conformance.Tests;

/// <summary>Makes optimizers from Keras's configurations. Arguments find the properties by their names, so that a property of another name is seen.</summary>
internal static class KerasOptimizers
{
    /// <summary>The optimizer of {"class", "config"}.</summary>
    public static Optimizer Create(KerasValue description)
    {
        string name = description["class"].AsString();
        Type type = typeof(Optimizer).Assembly.GetType($"NetGen.{name}") is { } found && found.IsSubclassOf(typeof(Optimizer)) && !found.IsAbstract
            ? found : throw new NotCoveredException($"the optimizer {name}");
        KerasValue? config = description.TryGet("config", out KerasValue given) ? given : null;
        object optimizer = config is { } values && values.TryGet("learning_rate", out KerasValue rate)
            ? Activator.CreateInstance(type, new LearningRate(rate.AsDouble()))! : Activator.CreateInstance(type)!;
        foreach (string argument in config?.Names() ?? [])
        {
            if (argument is not ("learning_rate" or "name")) Set(optimizer, argument, config!.Value[argument]);
        }
        return (Optimizer)optimizer;
    }

    private static void Set(object optimizer, string argument, KerasValue value)
    {
        string name = argument == "adam_lr_ratio" ? nameof(Muon.AdamLearningRateRatio) : argument.Replace("_", "", StringComparison.Ordinal);
        PropertyInfo property = optimizer.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)
            ?? throw new NotCoveredException($"the optimizers' argument {argument}");
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        object? converted = value.IsNull ? null : type == typeof(bool) ? value.AsBool() : type == typeof(int) ? value.AsInt() : type == typeof(double) ? value.AsDouble()
            : type == typeof(IReadOnlyList<string>) ? value.Items().Select(item => item.AsString()).ToArray() : throw new NotCoveredException($"the optimizers' argument {argument}");
        try
        {
            property.SetValue(optimizer, converted);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } reason)
        {
            ExceptionDispatchInfo.Throw(reason);
        }
    }
}
