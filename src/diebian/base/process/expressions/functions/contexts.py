"""Functions over contexts: data with names."""

from diebian.base.process.expressions.refusals import Mistake
from diebian.base.process.expressions.values import Value

from .registry import feel

Named = dict[str, Value]


@feel("get value", "m:context, key:string")
def get_value(context: Named, key: str) -> Value:
    return context.get(key)


@feel("get entries", "m:context")
def get_entries(context: Named) -> list[Value]:
    return [{"key": key, "value": value} for key, value in context.items()]


@feel("context", "entries:list")
def context(entries: list[Value]) -> Named:
    told: Named = {}
    for one in entries:
        if not isinstance(one, dict) or not isinstance(one.get("key"), str) or "value" not in one:
            raise Mistake("每一项都应当有 key 和 value")
        if one["key"] in told:
            raise Mistake(f"“{one['key']}”写了两次")
        told[one["key"]] = one["value"]
    return told


@feel("context put", "context:context, key:string, value:any")
def context_put(context: Named, key: str, value: Value) -> Named:
    return {**context, key: value}


@feel("context put", "context:context, keys:list, value:any")
def context_put_deep(context: Named, keys: list[Value], value: Value) -> Named:
    if not keys or not isinstance(keys[0], str):
        raise Mistake("名称应当是文字")
    if len(keys) == 1:
        return {**context, keys[0]: value}
    inner = context.get(keys[0])
    if not isinstance(inner, dict):
        raise Mistake(f"“{keys[0]}”不是一组数据")
    return {**context, keys[0]: context_put_deep(inner, keys[1:], value)}


@feel("context merge", "contexts:list")
def context_merge(contexts: list[Value]) -> Named:
    told: Named = {}
    for one in contexts:
        if not isinstance(one, dict):
            raise Mistake("只能合并一组组的数据")
        told |= one
    return told
