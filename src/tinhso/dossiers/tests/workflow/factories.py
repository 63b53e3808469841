"""BPMN texts for tests, written short."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from uuid import UUID

from tinhso.dossiers.workflow.moves import Facts

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:tinhso="urn:tinhso:bpmn" targetNamespace="urn:test">'
)
AT = datetime(2026, 10, 5, 1, 0, tzinfo=UTC)
SEED = UUID(int=7)


def bpmn(*parts: str, before: str = "", after: str = "") -> bytes:
    """A file with one process of these parts."""
    inner = "\n".join(parts)
    process = f'<process id="p" name="Quy trình">\n{inner}\n</process>'
    return f"{HEAD}\n{before}{process}{after}</definitions>".encode()


def start(key: str = "start") -> str:
    return f'<startEvent id="{key}"/>'


def end(key: str = "end") -> str:
    return f'<endEvent id="{key}"/>'


def task(key: str, *, act: str = "work", role: str = "officer", name: str = "") -> str:
    return f'<userTask id="{key}" name="{name or key}" tinhso:act="{act}" tinhso:role="{role}"/>'


def service(key: str, *, act: str = "notify") -> str:
    return f'<serviceTask id="{key}" tinhso:act="{act}"/>'


def xor(key: str, default: str = "") -> str:
    mark = f' default="{default}"' if default else ""
    return f'<exclusiveGateway id="{key}"{mark}/>'


def both(key: str) -> str:
    return f'<parallelGateway id="{key}"/>'


def timer(key: str, on: str, *, waits: str = "P5D", interrupting: bool = True) -> str:
    stop = "true" if interrupting else "false"
    return (
        f'<boundaryEvent id="{key}" attachedToRef="{on}" cancelActivity="{stop}">'
        f"<timerEventDefinition><timeDuration>{waits}</timeDuration></timerEventDefinition>"
        "</boundaryEvent>"
    )


def receive(key: str, message: str = "", *, role: str = "officer") -> str:
    name = message or f"answer_{key.lower()}"
    return f'<receiveTask id="{key}" tinhso:message="{name}" tinhso:role="{role}"/>'


def pause(key: str, *, waits: str = "P5D") -> str:
    return (
        f'<intermediateCatchEvent id="{key}"><timerEventDefinition><timeDuration>{waits}'
        "</timeDuration></timerEventDefinition></intermediateCatchEvent>"
    )


def process_within(key: str, *parts: str, name: str = "") -> str:
    return f'<subProcess id="{key}" name="{name or key}">' + "\n".join(parts) + "</subProcess>"


def flow(source: str, target: str, when: str = "", key: str = "") -> str:
    inner = f"<conditionExpression>{when}</conditionExpression>" if when else ""
    return (
        f'<sequenceFlow id="{key or f"{source}-{target}"}" sourceRef="{source}" '
        f'targetRef="{target}">{inner}</sequenceFlow>'
    )


def line(*nodes: str) -> str:
    """Flows from each node to the next."""
    return "\n".join(flow(one, other) for one, other in pairwise(nodes))


def judge(condition: str, facts: Facts) -> bool:
    """The only condition that these tests need: `outcome = "x"`."""
    name, _equals, value = condition.partition(" = ")
    return bool(facts[name] == value.strip('"'))
